import type { Check, SetupReport } from '#shared/contract.ts';
import { count } from '#shared/count.ts';

export type CheckState = Check['state'];

/** The worst first. */
const STATES: readonly CheckState[] = ['problem', 'warning', 'unknown', 'ok'];

const GROUPS: readonly { readonly id: Check['group']; readonly title: string }[] = [
  { id: 'platform', title: 'Platform' },
  { id: 'toolchain', title: 'Toolchain' },
  { id: 'workspace', title: 'Workspace' },
  { id: 'linker', title: 'Linker' },
  { id: 'server', title: 'Server' },
];

/** Checks that have all but title and finding in common: why it matters and what to do is said once. */
export type CheckCard = readonly [Check, ...Check[]];

export interface CheckGroup {
  readonly id: Check['group'];
  readonly title: string;
  /** The worst first. */
  readonly cards: readonly CheckCard[];
}

/** Groups the checks; groups with the worst ones come first. */
export function groupChecks(checks: readonly Check[]): CheckGroup[] {
  const groups = GROUPS.map(({ id, title }) => {
    const own = checks.filter((check) => check.group === id);
    return { id, title, cards: cardsOf(sorted(own, rank)) };
  });
  return sorted(
    groups.filter((group) => group.cards.length > 0),
    ({ cards: [worst] }) => (worst === undefined ? STATES.length : rank(worst[0])),
  );
}

function cardsOf(checks: readonly Check[]): CheckCard[] {
  const cards: [Check, ...Check[]][] = [];
  for (const check of checks) {
    const like = check.state === 'ok' ? undefined : cards.find(([first]) => isAlike(first, check));
    if (like === undefined) cards.push([check]);
    else like.push(check);
  }
  return cards;
}

const isAlike = (a: Check, b: Check): boolean =>
  a.state === b.state &&
  a.why === b.why &&
  a.remedy === b.remedy &&
  JSON.stringify(a.action) === JSON.stringify(b.action);

const rank = ({ state }: Check): number => STATES.indexOf(state);

const sorted = <T>(items: readonly T[], key: (item: T) => number): T[] =>
  [...items].sort((a, b) => key(a) - key(b));

/** Counts the checks in a state. */
export const countOf = (checks: readonly Check[], state: CheckState): number =>
  checks.filter((check) => check.state === state).length;

/** Counts checks by state: `2 problems, 1 warning, 14 ok`. States without any are left out. */
export function checkTally(checks: readonly Check[]): string {
  const words = STATES.flatMap((state) => {
    const n = countOf(checks, state);
    if (n === 0) return [];
    return state === 'problem' || state === 'warning' ? count(n, state) : `${n} ${state}`;
  });
  return words.length === 0 ? 'Nothing was checked' : words.join(', ');
}

/** Shortens a toolchain's name to `nightly`, unless another one would be called the same. */
export function shortToolchain(name: string, all: readonly string[]): string {
  const short = shortened(name);
  return all.some((other) => other !== name && shortened(other) === short) ? name : short;
}

const shortened = (name: string): string =>
  name.replace(/^(.+?)-(?:x86_64|aarch64|i686|arm\w*|riscv\w*|powerpc\w*|s390x)-[\w-]+$/, '$1');

/** Labels the button of a check. */
export function actionWords(
  action: NonNullable<Check['action']>,
  { toolchains }: Pick<SetupReport, 'toolchains'>,
): string {
  switch (action.kind) {
    case 'apply':
      return 'See the changes';
    case 'use-toolchain':
      return `Use ${shortToolchain(action.toolchain, toolchains)}`;
    case 'use-linker':
      return `Use ${action.linker}`;
  }
}
