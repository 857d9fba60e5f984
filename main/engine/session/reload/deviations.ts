import type { Plan, ReloadStep } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';

interface Seen {
  plan: Pick<Plan, 'unload' | 'load'>;
  /** In the order in which they were seen; what one look showed bears one time. */
  steps: readonly ReloadStep[];
  /** Modules of the plan whose old image is still mapped. */
  stayed: readonly string[];
  label(name: string): string;
}

const MOST = 3;

/**
 * How what was seen differs from the plan, a sentence each; none where all went as planned, or nothing moved at all
 * (the verdict says that). Only steps whose times differ are said to be in another order. Pure.
 */
export function deviationsOf(seen: Seen): string[] {
  if (seen.steps.length === 0) return [];
  return [
    ...unplanned(seen),
    ...unmoved(seen),
    ...mostOf([...outOfOrder(seen, 'unload'), ...outOfOrder(seen, 'load')]),
    ...overlap(seen),
  ];
}

function unplanned({ plan, steps, label }: Seen): string[] {
  const has = (step: ReloadStep['step'], module: string): boolean =>
    steps.some((each) => each.step === step && each.module === module);
  const moved = [...new Set(steps.map(({ module }) => module))].filter(
    (name) => !plan.unload.includes(name) && !plan.load.includes(name),
  );
  return moved.map((name) => {
    if (!has('unload', name)) return `${label(name)} was loaded, which was not in the plan.`;
    const then = has('load', name) ? 'unloaded and loaded again' : 'unloaded and not loaded again';
    return `${label(name)} was ${then}, which was not in the plan.`;
  });
}

function unmoved({ plan, stayed, label }: Seen): string[] {
  const names = plan.unload.filter((name) => stayed.includes(name)).map(label);
  if (names.length === 0) return [];
  return [`${names.join(', ')} ${plural(names.length, 'was', 'were')} to be unloaded, and stayed.`];
}

/** Neighbors in time that the plan has the other way round. */
function outOfOrder({ plan, steps, label }: Seen, step: ReloadStep['step']): string[] {
  const planned = plan[step];
  const seen = steps.filter((each) => each.step === step && planned.includes(each.module));
  return seen.flatMap((later, index) => {
    const earlier = seen[index - 1];
    if (earlier === undefined || earlier.at >= later.at) return [];
    if (planned.indexOf(earlier.module) < planned.indexOf(later.module)) return [];
    return [
      `${label(earlier.module)} was ${step}ed before ${label(later.module)}; the plan has it the other way round.`,
    ];
  });
}

/** Everything is unloaded before anything is loaded. */
function overlap({ plan, steps, label }: Seen): string[] {
  const first = steps.find(({ step, module }) => step === 'load' && plan.unload.includes(module));
  const last = steps.findLast(({ step, module }) => step === 'unload' && plan.load.includes(module));
  if (first === undefined || last === undefined || first.at >= last.at) return [];
  return [`${label(first.module)} was loaded before ${label(last.module)} was unloaded.`];
}

const mostOf = (sentences: readonly string[]): string[] =>
  sentences.length <= MOST
    ? [...sentences]
    : [...sentences.slice(0, MOST), `${sentences.length - MOST} more steps came in another order.`];
