import type { Applied, SetupReport, Way, WayId } from '#shared/contract.ts';
import { count } from '#shared/count.ts';

/** Names a way. None that changes a file, or has changed one, is said to change none. */
export function wayTitle(way: Pick<Way, 'id' | 'files'>, applied: Applied | null): string {
  const touched = way.files.length + (applied?.way === way.id ? applied.files.length : 0);
  const title = titleOf(way.id, touched);
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** Names a way that was applied. */
export const appliedTitle = ({ way, files }: Pick<Applied, 'way' | 'files'>): string =>
  titleOf(way, files.length);

const titleOf = (id: WayId, files: number): string =>
  id === 'edits' ? 'in the files' : files === 0 ? 'without touching files' : 'almost without touching files';

/** Counts files and lines: `7 files, 68 lines`. */
export const filesAndLines = (files: number, lines: number): string =>
  files === 0 ? 'no file' : `${count(files, 'file')}, ${count(lines, 'line')}`;

/** Sums up a way in a line: `7 files, 68 lines`, `no file, cargo arguments`. */
export function wayMeasure({ files, lines, arguments: words, done }: Way): string {
  if (done) return 'nothing left to do';
  const measure = filesAndLines(files.length, lines);
  return words.length === 0 ? measure : `${measure}, cargo arguments`;
}

/** Says what a way does, in sentences. */
export function wayWords({ id, files, lines, done }: Way, applied: Applied | null): string {
  const changes = `${count(files.length, 'file changes', 'files change')} by ${count(lines, 'line')}`;
  if (id === 'edits') {
    const all = 'Applies to every cargo build of the workspace, including outside Hotdeck.';
    return files.length === 0 ? all : `${changes}. ${all}`;
  }
  if (done && applied?.way !== 'flags') return 'Already in place in the files.';
  const flags = 'Hotdeck passes the flags on cargo’s command line for every build';
  const others = 'A cargo that you run yourself doesn’t get them.';
  if (files.length > 0)
    return `${flags}. Settings that cargo reads only from files are written there: ${changes}. ${others}`;
  return applied?.way === 'flags'
    ? `${flags}. ${others}`
    : `${flags}; no file of the workspace changes. ${others}`;
}

/** Returns what cargo says about a way, and how the sentence begins. @param proving cargo is being asked. */
export function proofWords(
  { proof, refusals }: Way,
  proving: boolean,
): { readonly begin: string; readonly text: string } {
  if (proof !== null)
    return { begin: proof.holds ? 'Confirmed by cargo' : 'Not confirmed by cargo', text: proof.text };
  if (refusals.length > 0)
    return { begin: 'Not tried', text: 'cargo can check this only when all changes can be applied.' };
  return proving
    ? { begin: 'Asking cargo', text: 'to check this; nothing is built.' }
    : { begin: 'Not tried', text: 'cargo could not be run to check this.' };
}

/** Labels the button that applies a way: exactly what it will do. */
export function applyWords({ files, lines, arguments: words }: Way): string {
  const parts = [
    ...(files.length === 0 ? [] : [filesAndLines(files.length, lines)]),
    ...(words.length === 0 ? [] : [files.length === 0 ? 'cargo arguments, no file' : 'and cargo arguments']),
  ];
  return parts.length === 0 ? 'Apply' : `Apply: ${parts.join(', ')}`;
}

/** Says why a way can't be applied now; null where it can. */
export function whyNotApplicable(way: Way): string | null {
  if (way.done) return 'Nothing left to do.';
  const n = new Set(way.refusals.map(({ file }) => file)).size;
  if (n > 0)
    return `${count(n, 'file')} can’t be edited. Changes are all or nothing, so none can be applied.`;
  return way.files.length > 0 || way.arguments.length > 0 ? null : 'There is nothing to do.';
}

/** Returns the way to show first: the applied one, else the best one that there is something to do for. */
export function firstWay({ ways, applied }: SetupReport): WayId | null {
  if (applied !== null && ways.some((way) => way.id === applied.way)) return applied.way;
  return (ways.find((way) => whyNotApplicable(way) === null) ?? ways[0])?.id ?? null;
}
