import type { Check } from '#shared/contract.ts';
import { clean, type Pen } from './pen.ts';

const GROUPS = ['platform', 'toolchain', 'workspace', 'linker', 'server'] as const;
const STATES = ['problem', 'warning', 'unknown', 'ok'] as const;

/** How many of each state, the worst first. */
export function checksSummary(checks: readonly Check[]): string {
  const counts = STATES.map((state) => ({
    state,
    count: checks.filter((check) => check.state === state).length,
  }));
  const said = counts
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${plural(state, count)}`);
  return `Setup checks: ${said.length === 0 ? 'none' : said.join(', ')}`;
}

const plural = (state: Check['state'], count: number): string =>
  count === 1 || state === 'ok' || state === 'unknown' ? state : `${state}s`;

/** Setup checks, group by group: what was seen; where not all is well, why it matters and what to do. */
export function checksText(checks: readonly Check[], pen: Pen): string {
  const groups = GROUPS.flatMap((group) => {
    const own = checks.filter((check) => check.group === group);
    return own.length === 0 ? [] : [[`  ${group}`, ...own.map((check) => checkText(check, pen))].join('\n')];
  });
  return [checksSummary(checks), ...groups].join('\n');
}

function checkText({ state, title, seen, why, remedy }: Check, pen: Pen): string {
  const word = state.padEnd(8);
  const mark = { ok: pen.green, warning: pen.yellow, problem: pen.red, unknown: pen.yellow }[state](word);
  const first = `    ${mark} ${pen.bold(clean(title))}: ${clean(seen)}`;
  if (state === 'ok') return first;
  const rest = [clean(why), ...(remedy === null ? [] : [`What to do: ${clean(remedy)}`])];
  return [first, ...rest.map((line) => `             ${line}`)].join('\n');
}
