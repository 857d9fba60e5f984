import type { LastReload } from '#shared/contract.ts';
import type { LogSummary } from '../../logs/events/summary.ts';
import type { Inventory } from '../modules/inventory.ts';
import { unseenReturns } from './cameBack.ts';
import type { Observed } from './observed.ts';

/** Notes which modules are stuck, which are no longer, and what is assumed of a reload that nothing was seen of. */
export function noteStuck(
  inventory: Pick<Inventory, 'stuck' | 'logSpeaks' | 'assumeReloaded'>,
  { verdict, swapped, stayed, plan }: Pick<LastReload, 'verdict' | 'swapped' | 'stayed' | 'plan'>,
  { held, server }: Pick<Observed, 'held' | 'server'>,
): void {
  for (const name of swapped) inventory.stuck.delete(name);
  if (verdict === 'unproven' && !inventory.logSpeaks) inventory.assumeReloaded(plan.load);
  if (verdict !== 'stuck') return;
  for (const name of stayed) {
    const pids = held.filter(({ module }) => module === name).map(({ image }) => image.pid);
    inventory.stuck.set(name, pids.includes(server ?? -1) ? null : (pids[0] ?? null));
  }
}

/** Notes when the server loaded what: it compares with that the next time. @param log what it said during the reload. */
export function noteLoadTimes(
  { loads }: Pick<Inventory, 'loads'>,
  { plan, startedAt, steps }: Pick<LastReload, 'plan' | 'startedAt' | 'steps'>,
  observed: Observed,
  log: Pick<LogSummary, 'loaded'>,
): void {
  if (observed.end === 'gone') return;
  for (const { module, step, at } of steps) {
    if (step !== 'load') continue;
    const left = steps.find((each) => each.module === module && each.step === 'unload')?.at ?? 0;
    loads.noteLoaded(module, startedAt + left, startedAt + at);
  }
  for (const name of unseenReturns({ plan, observed })) {
    if (log.loaded.includes(name.replaceAll('-', '_'))) loads.noteLoaded(name, startedAt, Date.now());
    else loads.noteMaybeLoaded(name, Date.now());
  }
}
