import type { Check } from '#shared/contract.ts';
import type { SetupChoices } from '../../workspace/choices.ts';
import type { SetupPlan, SetupStep } from '../types.ts';
import { about } from './check.ts';

const WHY: Readonly<Record<SetupPlan['kind'], string>> = {
  family:
    'The server is modular only where every step is done: with one left out it builds as one static program, does not build, or loads modules that never go.',
  generic:
    'A module is a dylib of its own, and all of them share one standard library: with a step left out the crates go into the program, which can then be restarted only.',
  none: 'The modules can be swapped as they are.',
};

/** Is it known that a workspace needs its setup? `works`: its server has opened modules as they are. */
export type Need = 'needed' | 'works' | 'unclear';

/** One check for each step of the setup. Pure. */
export const stepChecks = (plan: SetupPlan, choices: SetupChoices, need: Need = 'needed'): Check[] =>
  plan.steps.map((step) => stepCheck(step, plan, choices, need));

function stepCheck(step: SetupStep, plan: SetupPlan, choices: SetupChoices, need: Need): Check {
  const check = about({ id: `step:${step.id}`, group: 'workspace', title: step.title, why: WHY[plan.kind] });
  if (step.state === 'done') return check.ok(`Done in ${step.file}.`);
  if (doneByFlags(step, plan, choices)) {
    return check.ok(`Done without touching ${step.file}: cargo gets it on its command line.`);
  }
  if (need !== 'needed') {
    return check.unknown(
      `Not done in ${step.file}. ${need === 'works' ? 'The server has opened its modules without it.' : 'Whether it is needed is not known.'}`,
      'Apply it only if modules and program exchange Rust types, and it goes wrong without.',
    );
  }
  if (step.state === 'refused') {
    const refusal = plan.ways.flatMap((way) => way.refusals).find((each) => each.file === step.file);
    return check.problem(
      refusal?.failure.message ?? `Hotdeck will not touch ${step.file}.`,
      refusal?.failure.remedy ?? `Edit ${step.file} by hand.`,
    );
  }
  const seen = step.state === 'partly' ? `Half done in ${step.file}.` : `Not done in ${step.file}.`;
  const blocked = blockedBy(plan);
  return blocked === null
    ? check.problem(seen, 'Apply the setup: what it changes is shown first, and it can be taken back.', {
        kind: 'apply',
      })
    : check.problem(seen, `The setup can't be applied yet. ${blocked}`);
}

/** A way is all or nothing. Why none of them can be gone: a sentence; null where one can. */
function blockedBy({ ways }: SetupPlan): string | null {
  if (ways.some((way) => way.refusals.length === 0)) return null;
  const failure = ways.flatMap((way) => way.refusals)[0]?.failure;
  return failure === undefined
    ? 'Edit the files by hand.'
    : `${failure.message} ${failure.remedy ?? ''}`.trim();
}

/** Does cargo get on its command line what this step would write into a file? */
function doneByFlags(step: SetupStep, plan: SetupPlan, choices: SetupChoices): boolean {
  const way = plan.ways.find((each) => each.id === 'flags');
  if (way === undefined || choices.flags.length === 0) return false;
  if (!way.arguments.every((each) => choices.flags.includes(each))) return false;
  // Crate types are what no flag can set; a file that the way edits all the same is not done either.
  return !step.id.startsWith('crate-type:') && !way.edits.some((each) => each.file === step.file);
}
