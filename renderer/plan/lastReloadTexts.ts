import type { LastReload, ServerState } from '#shared/contract.ts';

const CAUSES: Readonly<Record<LastReload['cause'], string>> = {
  reload: 'asked for here',
  terminal: 'a key in the terminal',
  'after-build': 'after a build',
  self: 'by the server itself',
  outside: 'from outside Hotdeck',
  late: 'probably a late answer to a signal from here',
};

/** Says what triggered a reload. */
export const causeOf = ({ cause, answers }: Pick<LastReload, 'cause' | 'answers'>): string =>
  answers === null ? CAUSES[cause] : `the late answer to reload ${answers}`;

/** Tells whether a reload was of another process than the one that runs. */
export const isOfGoneProcess = ({ pid }: Pick<LastReload, 'pid'>, server: ServerState): boolean =>
  pid !== null && !('pid' in server && server.pid === pid);

/** Returns the result of a reload as a sentence: in the past tense, once its process is gone. */
export const messageOf = ({ message, past }: Pick<LastReload, 'message' | 'past'>, gone: boolean): string =>
  gone && past !== '' ? past : message;
