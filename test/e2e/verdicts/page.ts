import { markdownTable } from '../../support/markdownTable.ts';
import type { Library } from '../../support/memory.ts';
import type { Outcome } from './stage.ts';

export interface Result extends Outcome {
  name: string;
  done: string;
}

const HEAD = [
  'case',
  'what was done',
  'asked first',
  'verdict',
  'says “swapped”',
  'on screen afterwards',
  'in memory',
  'server',
];

/** A swap was claimed, and it is not so: a module of the plan is not what is on disk, or nothing is new at all. */
function isFalseSuccess({ claims, planned, memory }: Result): boolean {
  if (claims.length === 0) return false;
  const where = new Map([...(memory ?? [])].map(([library, place]) => [`depot_${library}`, place]));
  return planned.some((name) => where.get(name) !== 'new') || ![...where.values()].includes('new');
}

/** Libraries that the screen calls loaded though the memory holds another file than the disk. */
function falselyLoaded({ screen, memory }: Result): Library[] {
  return [...(memory ?? [])].flatMap(([library, where]) =>
    screen.get(library) === 'loaded' && where !== 'new' && where !== 'unchanged' ? [library] : [],
  );
}

/** What the window said that is not so, a sentence each. */
export function falsehoods(result: Result): string[] {
  const said = result.claims.map((claim) => JSON.stringify(claim)).join(', ');
  return [
    ...(isFalseSuccess(result) ? [`It said ${said}, and the memory says otherwise.`] : []),
    ...falselyLoaded(result).map((library) => `${library} is shown as loaded, and its old file is mapped.`),
  ];
}

/** The page of the table, with its sums. */
export function page(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.name,
    result.done,
    result.asked.length === 0 ? '' : result.asked.join(', '),
    result.verdict ?? 'no reload',
    result.claims.length === 0 ? 'no' : 'yes',
    together(result.screen),
    inMemory(result),
    result.server,
  ]);
  const swaps = results.filter(({ claims }) => claims.length > 0);
  return `${INTRODUCTION}
${markdownTable(HEAD, rows)}

- cases: ${results.length}
- with “swapped” on screen: ${swaps.length}
- false successes (“swapped” on screen, and a module of the plan is not what is on disk, or none is new): ${results.filter(isFalseSuccess).length}
- libraries shown as loaded that are not what is on disk: ${results.flatMap(falselyLoaded).length}
`;
}

function inMemory({ hidden, memory, restarted }: Result): string {
  if (hidden) return 'hidden';
  if (memory === null) return 'no process';
  return `${restarted ? 'another process: ' : ''}${together(memory)}`;
}

const INTRODUCTION = `# Verdicts

Written by \`test/e2e/verdicts.e2e.ts\`, which does each of these in the real window, on the real sample; do not edit.
A run whose table differs fails; \`npx vitest run --project e2e test/e2e/verdicts.e2e.ts -u\` writes it again.

- **asked first**: the buttons of the question that came in place of a reload.
- **says “swapped”**: whether the word stood in the plan or in an alert at any moment, however short.
- **in memory**: the test's own look at \`/proc/PID/maps\` when the verdict came. *new* is the file on disk, *old* an earlier
  one, *unchanged* both; libraries that are unchanged are left out.
`;

/** "api old; admin, router new": libraries by what is said of them; those of which there is nothing to say left out. */
function together(states: ReadonlyMap<Library, string>): string {
  const groups = new Map<string, Library[]>();
  for (const [library, state] of states) groups.set(state, [...(groups.get(state) ?? []), library]);
  const [only] = groups.keys();
  if (groups.size === 1) return `all ${only}`;
  const told = [...groups].filter(
    ([state]) => state !== 'unchanged' && state !== 'loaded' && state !== 'pinned',
  );
  if (told.length === 0) return 'all loaded';
  return told.map(([state, libraries]) => `${libraries.join(', ')} ${state}`).join('; ');
}
