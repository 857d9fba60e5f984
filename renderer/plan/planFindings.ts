import type { Finding, Plan } from '#shared/contract.ts';
import { count } from '#shared/count.ts';

export type Severity = Finding['severity'];

const SEVERITIES: readonly Severity[] = ['blocking', 'warning', 'info'];

/** Findings that are shown at once; the others are a click away. */
export const SHOWN = 4;

/**
 * Returns what is in the way of a plan, the worst first. Modules that the plan can't bring in and that no finding
 * names get one here. During a build they don't: half-way through, libraries do not fit together yet, which is no
 * reason for alarm.
 */
export function allFindings(plan: Plan, building: boolean): readonly Finding[] {
  const told = (kind: Finding['kind'], module: string): boolean =>
    plan.findings.some((finding) => finding.kind === kind && finding.module === module);
  const restart = plan.restart.filter((module) => !told('restart-needed', module)).map(restartNeeded);
  const left = building ? [] : plan.leftBehind.filter((module) => !told('left-behind', module));
  const all = [
    ...plan.findings,
    ...restart,
    ...left.map((module) =>
      plan.notTaken.includes(module) ? notTaken(module) : leftBehind(module, plan.rule),
    ),
  ];
  return all.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

const restartNeeded = (module: string): Finding => ({
  kind: 'restart-needed',
  severity: 'warning',
  module,
  message: 'Restart the server to load the version on disk.',
  remedy: 'restart',
  details: [],
});

const leftBehind = (module: string, rule: Plan['rule']): Finding => ({
  kind: 'left-behind',
  severity: 'warning',
  module,
  message: `It will keep running the old code under this server’s rule (${rule}).`,
  remedy: 'reload-all',
  details: [],
});

const notTaken = (module: string): Finding => ({
  kind: 'left-behind',
  severity: 'warning',
  module,
  message: 'Its code on disk is different, but the server won’t see it as changed.',
  remedy: 'renew',
  details: [],
});

/**
 * Returns why the plan places the module where it does, if the finding is about just that; null where there is no more
 * to say.
 */
export function reasonFor({ kind, module }: Finding, plan: Plan): string | null {
  const reason = plan.reasons[module];
  if (reason === undefined) return null;
  if (kind === 'left-behind' && plan.leftBehind.includes(module)) return reason;
  if (kind !== 'restart-needed' || !plan.restart.includes(module)) return null;
  // The cause, then what is in the way: that a restart is needed is what the finding says.
  const [cause = reason] = reason.split('; ');
  return cause;
}

/**
 * Returns the details that the sentence has not mentioned yet: all or none, so that a list is never read in two
 * places.
 */
export function untoldDetails({ details, message }: Finding): readonly string[] {
  return details.every((detail) => message.includes(detail)) ? [] : details;
}

/**
 * Says what helps against old code that a reload passes over, where no button does it; null where there is none. Said
 * once: it is the same for each of them.
 * @param stuck whether a module did not go when it was told to: then more of the same is no help.
 */
export function howToReachAll(
  findings: readonly Finding[],
  plan: Plan,
  stuck: (module: string) => boolean,
  label: (module: string) => string,
): string | null {
  const passed = findings.filter((each) => each.remedy === 'reload-all' && !stuck(each.module));
  if (passed.length === 0) return null;
  const others = plan.rule === 'stack' ? 'every module above it' : 'every module that depends on it';
  const left = new Set(passed.filter((each) => each.kind === 'left-behind').map((each) => each.module));
  // Bottom-up: to reload the first is to reload those above it too.
  const lowest = plan.leftBehind.find((module) => left.has(module));
  const how = lowest === undefined ? '' : ` “Reload ${label(lowest)}” on its node offers that.`;
  return `The old code stays until it is reloaded together with ${others}.${how}`;
}

/** Counts findings by severity: `2 blocking`, `1 warning`, `40 notes`. */
export function findingTally(findings: readonly Finding[]): string[] {
  const n = (severity: Severity) => findings.filter((each) => each.severity === severity).length;
  const parts: [number, string][] = [
    [n('blocking'), `${n('blocking')} blocking`],
    [n('warning'), count(n('warning'), 'warning')],
    [n('info'), count(n('info'), 'note')],
  ];
  return parts.filter(([many]) => many > 0).map(([, words]) => words);
}
