import type { Conflict, SetupReport, Way } from '#shared/contract.ts';
import { hunksOf, linesOf } from '../engine/setup/changes/diffOf.ts';
import { checksSummary } from './checksText.ts';
import { diffText } from './diffText.ts';
import { clean, type Pen } from './pen.ts';

export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/** How much a way would change. */
export const sizeOf = ({ files, lines }: Pick<Way, 'files' | 'lines'>): string =>
  `${counted(files.length, 'file')}, ${counted(lines, 'line')}`;

/** A word for a shell. */
const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

export const shellWords = (words: readonly string[]): string => words.map(quoted).map(clean).join(' ');

/** Arguments for a shell, an option with its value a line. */
export function argumentLines(words: readonly string[]): string {
  const lines: string[][] = [];
  for (const word of words) {
    if (word.startsWith('-') || lines.length === 0) lines.push([word]);
    else lines.at(-1)?.push(word);
  }
  return lines.map((line) => `      ${shellWords(line)}`).join(' \\\n');
}

/** What there is, and what there is to do on the way that is looked at. */
export function planText(report: SetupReport, way: Way, pen: Pen): string[] {
  // What the setup itself does is said further below.
  const own = report.checks.filter(({ state, action }) => state !== 'ok' && action?.kind === 'apply');
  const problems = report.checks
    .filter((check) => (check.state === 'problem' || check.state === 'warning') && !own.includes(check))
    .map(({ state, title, seen }) => {
      const mark = state === 'problem' ? pen.red(state) : pen.yellow(state);
      return `  ${mark}: ${clean(title)}: ${clean(seen)}`;
    });
  return [
    [
      `${checksSummary(report.checks)} (hotdeck check says more)`,
      ...(own.length === 0 ? [] : [`  ${own.length} of them: what the setup would do`]),
      ...problems,
    ].join('\n'),
    ['Ways to set it up:', ...report.ways.map((each) => wayText(each, each === way, pen))].join('\n'),
    ...way.files.map((file) => fileText(file, pen)),
    ...refusalsText(way),
    ...way.risks.map((risk) => `${pen.yellow('risk')}: ${clean(risk)}`),
  ];
}

function wayText(way: Way, isShown: boolean, pen: Pen): string {
  const { id, done } = way;
  const what = done ? 'done: there is nothing left to do' : sizeOf(way);
  return [
    `${isShown ? '> ' : '  '}${pen.bold(id)}: ${what}`,
    ...(way.arguments.length === 0 ? [] : [`    cargo gets:\n${argumentLines(way.arguments)}`]),
    `    ${proofText(way, pen)}`,
  ].join('\n');
}

/** What cargo says of it, in a line. */
function proofText({ proof, refusals }: Way, pen: Pen): string {
  if (proof !== null) return `${proof.holds ? 'proof' : pen.yellow('not proved')}: ${clean(proof.text)}`;
  if (refusals.length > 0) return 'not tried: it can’t be applied.';
  return 'not tried: cargo could not be asked what this way comes to.';
}

function fileText(file: Way['files'][number], pen: Pen): string {
  const dirty = file.dirty === true ? ' It has changes that are not committed.' : '';
  const about = `${clean(file.file)}: ${counted(file.lines, 'line')}: ${file.steps.map(clean).join(', ')}.${dirty}`;
  return `${pen.faint(about)}\n${diffText(file, pen)}`;
}

/** Files that can't be edited, and why; nothing where there are none. */
export const refusalsText = ({ refusals }: Way): string[] =>
  refusals.length === 0
    ? []
    : [
        [
          'This can’t be applied:',
          ...refusals.map(({ file, failure }) => `  ${clean(file)}: ${clean(failure.message)}`),
        ].join('\n'),
      ];

/** What git says of the manifests, under a heading. */
export function gitText(when: string, status: readonly string[] | null): string {
  if (status === null) return `git status ${when}: not known (no git repository, or no git)`;
  if (status.length === 0) return `git status ${when}: no manifest has changes`;
  return [`git status ${when}:`, ...status.map((line) => `  ${clean(line)}`)].join('\n');
}

/** A file that was edited since the setup: what the setup did, what was edited since, and what a merge would leave. */
export function conflictText({ file, original, applied, current, merged }: Conflict, pen: Pen): string[] {
  const diff = (from: string | null, to: string | null): string =>
    from === to ? '  nothing' : diffText({ file, hunks: hunksOf(linesOf(bytesOf(from), bytesOf(to))) }, pen);
  return [
    `${pen.bold(clean(file))} was edited since the setup${current === null ? ': it is gone' : ''}`,
    `What the setup did (--on-conflict original takes it all back, with what was edited since):\n${diff(original, applied)}`,
    `What was edited since (--on-conflict current leaves the file so):\n${diff(applied, current)}`,
    merged === null
      ? 'The two touch the same lines: --on-conflict merged is not possible here.'
      : `What --on-conflict merged would do to the file as it is:\n${diff(current, merged)}`,
  ];
}

const bytesOf = (text: string | null): Buffer => Buffer.from(text ?? '');
