import type { Signal } from '#shared/contract.ts';
import { list } from '#shared/list.ts';
import type { SignalSafety } from '../../process/signalSafety.ts';
import type { Unnumbered } from './notices.ts';

/** Why a reload signal is not sent unasked, and what to do about it; null where the server takes it. Pure. */
export function noticeOfUnsent(signal: Signal, { fate, taken }: SignalSafety): Unnumbered | null {
  if (fate !== 'fatal' && fate !== 'ignored') return null;
  const others = taken.filter((each) => each !== signal).sort((a, b) => rank(a) - rank(b));
  const remedy =
    others.length === 0
      ? 'It takes none of the signals that Hotdeck can send. Say in hotdeck.json how it is told to reload: "reload" is a signal, a command, or "self".'
      : `It takes ${list(others)}. If one of them makes it reload, name it in hotdeck.json: "reload": "${others[0]}".`;
  const base = {
    ...{ kind: 'signal-not-sent', severity: 'warning', remedy, signal, modules: [] },
  } satisfies Partial<Unnumbered>;
  return fate === 'ignored'
    ? {
        ...base,
        message: `The server ignores ${signal}, so it would not reload. Nothing was sent.`,
        actions: [],
      }
    : {
        ...base,
        message: `${signal} would end the server: it does not catch that signal. Nothing was sent.`,
        actions: ['send-anyway'],
      };
}

/** By custom a server reloads at these; the others ask it to end. */
const RELOADING: readonly Signal[] = ['SIGHUP', 'SIGUSR1', 'SIGUSR2'];

const rank = (signal: Signal): number =>
  RELOADING.includes(signal) ? RELOADING.indexOf(signal) : RELOADING.length;
