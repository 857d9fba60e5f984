import type { LastReload, Plan } from '../../../preload/contract.ts';
import type { Observed } from './reloadWatch.ts';

type Verdict = Pick<LastReload, 'verdict' | 'message'>;

/** What a reload came to, in a word and a sentence: from what was seen in the maps, and from nothing else. */
export function judge(plan: Plan, observed: Observed, label: (name: string) => string): Verdict {
  const names = (modules: readonly string[]): string => modules.map(label).join(', ');
  const { swapped, stayed, end } = observed;
  if (end === 'gone') return { verdict: 'crashed', message: 'The server ended during the reload.' };
  if (swapped.length > 0 && stayed.length === 0) {
    return { verdict: 'swapped', message: `Swapped ${names(swapped)}.` };
  }
  if (swapped.length > 0) {
    return {
      verdict: 'partial',
      message: `Swapped ${names(swapped)}; ${names(stayed)} still run the old code.`,
    };
  }
  if (stayed.length === 0 || plan.load.length === 0) {
    return { verdict: 'nothing', message: 'Nothing was swapped: every loaded module was the one on disk.' };
  }
  if (end === 'quiet') {
    return {
      verdict: 'partial',
      message: `The server took the signal, but ${names(stayed)} still run the old code.`,
    };
  }
  return {
    verdict: 'timed out',
    message: `No module was swapped in time: ${names(stayed)} still run the old code.`,
  };
}
