import type { Conflict, SetupReport, Way } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { argumentLines } from '#shared/shellQuote.ts';
import { hunksOf, linesOf } from '../engine/setup/changes/diffOf.ts';
import { checksSummary } from './checksText.ts';
import { diffText } from './diffText.ts';
import { clean, type Pen } from './pen.ts';

/** How much a way would change. */
export const sizeOf = ({ files, lines }: Pick<Way, 'files' | 'lines'>): string =>
  `${count(files.length, 'file')}, ${count(lines, 'line')}`;

/** Writes arguments for a shell, an option with its value a line, indented. */
export const argumentBlock = (words: readonly string[]): string =>
  argumentLines(words)
    .map((line) => `      ${clean(line)}`)
    .join(' \\\n');

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
      `${checksSummary(report.checks)} (for details, run hotdeck check)`,
      ...(own.length === 0 ? [] : [`  ${own.length} of them would be fixed by this setup`]),
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
  const what = done ? 'already in place' : sizeOf(way);
  return [
    `${isShown ? '> ' : '  '}${pen.bold(id)}: ${what}`,
    ...(way.arguments.length === 0 ? [] : [`    arguments for cargo:\n${argumentBlock(way.arguments)}`]),
    `    ${proofText(way, pen)}`,
  ].join('\n');
}

/** What cargo says of it, in a line. */
function proofText({ proof, refusals }: Way, pen: Pen): string {
  if (proof !== null) return `${proof.holds ? 'proof' : pen.yellow('not proved')}: ${clean(proof.text)}`;
  if (refusals.length > 0) return 'not checked: these edits can’t be made.';
  return 'not checked: there is no answer from cargo.';
}

function fileText(file: Way['files'][number], pen: Pen): string {
  const dirty = file.dirty === true ? ' It has uncommitted changes.' : '';
  const about = `${clean(file.file)}: ${count(file.lines, 'line')}: ${file.steps.map(clean).join(', ')}.${dirty}`;
  return `${pen.faint(about)}\n${diffText(file, pen)}`;
}

/** Files that can't be edited, and why; nothing where there are none. */
export const refusalsText = ({ refusals }: Way): string[] =>
  refusals.length === 0
    ? []
    : [
        [
          'These files can’t be edited:',
          ...refusals.map(({ file, failure }) => `  ${clean(file)}: ${clean(failure.message)}`),
        ].join('\n'),
      ];

/** What git says of the manifests, under a heading. */
export function gitText(when: string, status: readonly string[] | null): string {
  if (status === null)
    return `git status ${when}: unknown (git isn’t installed, failed, or this isn’t a repository)`;
  if (status.length === 0) return `git status ${when}: no changes in the manifests`;
  return [`git status ${when}:`, ...status.map((line) => `  ${clean(line)}`)].join('\n');
}

/** A file that was edited since the setup: what the setup did, what was edited since, and what a merge would leave. */
export function conflictText({ file, original, applied, current, merged }: Conflict, pen: Pen): string[] {
  const diff = (from: string | null, to: string | null): string =>
    from === to ? '  nothing' : diffText({ file, hunks: hunksOf(linesOf(bytesOf(from), bytesOf(to))) }, pen);
  return [
    `${pen.bold(clean(file))} was ${current === null ? 'deleted' : 'edited'} since setup`,
    `Changed by setup (--on-conflict original undoes this and everything since):\n${diff(original, applied)}`,
    `Changed since (--on-conflict current keeps the file as it is):\n${diff(applied, current)}`,
    merged === null
      ? unmergeable(current)
      : `What --on-conflict merged would change in the file now:\n${diff(current, merged)}`,
  ];
}

const unmergeable = (current: string | null): string =>
  current === null
    ? 'There is nothing to merge with: --on-conflict merged isn’t possible here.'
    : 'The two can’t be told apart: --on-conflict merged isn’t possible here.';

const bytesOf = (text: string | null): Buffer => Buffer.from(text ?? '');
