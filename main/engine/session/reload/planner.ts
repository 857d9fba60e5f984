import type { Finding, Plan } from '#shared/contract.ts';
import type { Inventory } from '../modules/inventory.ts';
import type { ModuleStates } from '../modules/moduleStates.ts';
import { notTakenFinding, stuckFinding } from '../notices/askFirst.ts';
import type { Foresight } from './foresight.ts';

interface Parts {
  readonly inventory: Pick<Inventory, 'stuck' | 'workspace'>;
  readonly states: Pick<ModuleStates, 'moves'>;
  readonly foresight: Pick<Foresight, 'along' | 'findings' | 'update'>;
}

/** Plans reloads: what one would do, and what is in its way. */
export class Planner {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What a reload would do now, and what is in its way as far as that was worked out. */
  plan(): Plan {
    const { inventory, states, foresight } = this.#parts;
    const moves = states.moves();
    const specific = (finding: Finding): Finding => {
      if (inventory.stuck.has(finding.module)) return stuckFinding(finding);
      const isRefused = moves.notTaken.includes(finding.module);
      return isRefused ? notTakenFinding(finding, inventory.workspace.newness) : finding;
    };
    const along = foresight.along(moves);
    return {
      ...moves,
      along,
      // What goes along comes back as it is on disk: that takes no restart.
      restart: moves.restart.filter((name) => !along.includes(name)),
      findings: foresight.findings(moves).map(specific),
    };
  }

  /** The same, with everything worked out. */
  async foreseen(): Promise<Plan> {
    await this.#parts.foresight.update();
    return this.plan();
  }
}
