/** docs/workspaces.md: a table for each theme, which one file of tests writes and compares. Pure. */
import { markdownTable } from '../markdownTable.ts';

/** The themes in their order on the page. */
const THEMES = {
  places: 'Where cargo puts things',
  members: 'What a workspace is made of',
  programs: 'Which program is the server',
  hosts: 'How a server opens and reloads',
  files: 'What happens to files',
  troubles: 'What goes wrong',
} as const;
export type Theme = keyof typeof THEMES;

export interface Row {
  shape: string;
  done: string;
  /** In short: whether it can be opened, the verdict, states, and notices. */
  hotdeck: string;
  kernel: string;
  server: string;
  falsehoods: readonly string[];
}

const HEAD = ['shape', 'what was done', 'Hotdeck', 'kernel', 'server answers', 'false statements'];
const NONE = '0';

const INTRODUCTION = `# Workspaces and hosts

Written by the tests in \`test/integration/workspaces\`, which do each of these on the engine with real cargo, ptys and
libraries; do not edit. A run whose tables differ fails; \`npx vitest run --project integration test/integration/workspaces -u\`
writes them.

- **Hotdeck**: what the session says in the end: the verdict of the last reload, the states of the modules, and notices.
- **kernel**: the test's own look. Each image is told by a hash of the code in the process's memory (\`/proc/PID/mem\`),
  whatever its file is called, and compared with the file that cargo made.
- **server answers**: what the modules say when the server is asked.
- **false statements**: what the session said at any look and is not so; states, verdicts, notices and findings are checked.
`;

/** The page with the table of one theme replaced. @param current the page as it is; empty if there is none. */
export function pageWith(current: string, theme: Theme, rows: readonly Row[]): string {
  const cells = rows.map(({ shape, done, hotdeck, kernel, server, falsehoods }) => [
    shape,
    done,
    hotdeck,
    kernel,
    server,
    falsehoods.length === 0 ? NONE : falsehoods.join(' '),
  ]);
  const tables = tablesIn(current).set(theme, markdownTable(HEAD, cells));
  const all = (Object.keys(THEMES) as Theme[]).flatMap((each) => {
    const table = tables.get(each);
    return table === undefined ? [] : [`\n## ${THEMES[each]}\n\n${table}\n`];
  });
  const { shapes, wrong } = countRows([...tables.values()]);
  return `${INTRODUCTION}${all.join('')}\n- shapes: ${shapes}\n- with false statements: ${wrong}\n`;
}

/** How many shapes there are, and how many of them with a false statement. */
export function countRows(tables: readonly string[]): { shapes: number; wrong: number } {
  const rows = tables.flatMap((table) => table.split('\n').slice(2));
  const wrong = rows.filter((row) => row.split(' | ').at(-1)?.replace('|', '').trim() !== NONE);
  return { shapes: rows.length, wrong: wrong.length };
}

export function tablesIn(page: string): Map<Theme, string> {
  const tables = new Map<Theme, string>();
  for (const theme of Object.keys(THEMES) as Theme[]) {
    const section = page.split(`\n## ${THEMES[theme]}\n\n`)[1];
    const table = section?.split('\n\n')[0]?.trim();
    if (table !== undefined) tables.set(theme, table);
  }
  return tables;
}

/** The row of a shape as it is on the page; null where there is none. */
export function rowOf(page: string, theme: Theme, shape: string): Row | null {
  const lines = tablesIn(page).get(theme)?.split('\n') ?? [];
  for (const line of lines) {
    const [name, done = '', hotdeck = '', kernel = '', server = '', falsehoods = NONE] = line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim());
    if (name !== shape) continue;
    return { shape, done, hotdeck, kernel, server, falsehoods: falsehoods === NONE ? [] : [falsehoods] };
  }
  return null;
}
