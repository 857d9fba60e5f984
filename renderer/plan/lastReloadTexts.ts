import type { LastReload, ServerState } from '#shared/contract.ts';

const CAUSES: Readonly<Record<LastReload['cause'], string>> = {
  reload: 'asked for here',
  terminal: 'a key in the terminal',
  'after-build': 'after a build',
  self: 'by the server itself',
  outside: 'from outside Hotdeck',
  late: 'probably a late answer to a signal from here',
};

/** Who asked for a reload. */
export const causeOf = ({ cause, answers }: Pick<LastReload, 'cause' | 'answers'>): string =>
  answers === null ? CAUSES[cause] : `the late answer to reload ${answers}`;

/** Whether the process that a reload was about is not the one that runs. */
export const isOfGoneProcess = ({ pid }: Pick<LastReload, 'pid'>, server: ServerState): boolean =>
  pid !== null && !('pid' in server && server.pid === pid);

/** What a reload came to: in the past tense, once its process is gone. */
export const messageOf = ({ message, past }: Pick<LastReload, 'message' | 'past'>, gone: boolean): string =>
  gone && past !== '' ? past : message;
