import type { BuildTrigger } from '#shared/contract.ts';
import type { BuildEvent } from '../../building/buildEvents.ts';
import { CrateTimes } from '../../building/crateTimes.ts';
import { Worked } from '../../building/worked.ts';

/** What is written down of a build while it runs. */
export class BuildNotes {
  /** ms since the epoch. */
  readonly at: number;
  readonly trigger: BuildTrigger;
  readonly times = new CrateTimes();
  /** How long it has worked, and waited. */
  readonly worked: Worked;

  /** @param clock a monotonic one, ms. */
  constructor(at: number, trigger: BuildTrigger, clock?: () => number) {
    this.at = at;
    this.trigger = trigger;
    this.worked = new Worked(clock);
  }

  note(event: BuildEvent): void {
    this.worked.note(event);
    this.times.note(event, Math.round(this.worked.took));
  }
}
