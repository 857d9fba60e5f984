import type { Check } from '#shared/contract.ts';

type Action = Check['action'];
interface Verdicts {
  ok: (seen: string) => Check;
  warning: (seen: string, remedy: string, action?: Action) => Check;
  problem: (seen: string, remedy: string, action?: Action) => Check;
  /** @param remedy null where waiting is all there is to do. */
  unknown: (seen: string, remedy?: string | null) => Check;
}

/** The ways a check can end; what it is about is said once. */
export function about(subject: Pick<Check, 'id' | 'group' | 'title' | 'why'>): Verdicts {
  return {
    ok: (seen) => ({ ...subject, state: 'ok', seen, remedy: null, action: null }),
    warning: (seen, remedy, action = null) => ({ ...subject, state: 'warning', seen, remedy, action }),
    problem: (seen, remedy, action = null) => ({ ...subject, state: 'problem', seen, remedy, action }),
    unknown: (seen, remedy = null) => ({ ...subject, state: 'unknown', seen, remedy, action: null }),
  };
}
