import type { LastReload, ServerState } from '#shared/contract.ts';

const CAUSES: Readonly<Record<LastReload['cause'], string>> = {
  reload: 'requested in Hotdeck',
  terminal: 'key pressed in the terminal',
  'after-build': 'after a build',
  self: 'by the server itself',
  outside: 'triggered outside Hotdeck',
  late: 'probably a late response to a signal from Hotdeck',
};

/** Says what triggered a reload. */
export const causeOf = ({ cause, answers }: Pick<LastReload, 'cause' | 'answers'>): string =>
  answers === null ? CAUSES[cause] : `the late response to reload ${answers}`;

/** Tells whether a reload was of another process than the one that runs. */
export const isOfGoneProcess = ({ pid }: Pick<LastReload, 'pid'>, server: ServerState): boolean =>
  pid !== null && !('pid' in server && server.pid === pid);

/** Returns the result of a reload as a sentence: in the past tense, once its process is gone. */
export const messageOf = ({ message, past }: Pick<LastReload, 'message' | 'past'>, gone: boolean): string =>
  gone && past !== '' ? past : message;
