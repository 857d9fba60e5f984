import { commasAround } from './arrays.ts';
import { commentedArrays, stringsIn } from './commented.ts';
import { behindSection, type Manifest, samePath, sectionOf } from './manifest.ts';
import { type Outcome, refused } from './outcome.ts';
import { itemsAt } from './scan.ts';
import { linesBehind, type Splice } from './splices.ts';
import { quote, quoteAll, stringsOf, valueAt } from './values.ts';

export interface FlagsSection {
  /** Of the table: `profile`, `dev`, … */
  path: readonly string[];
  /** Put in where the manifest has none for it, not even commented out; null: that is left alone. */
  known: readonly string[] | null;
  /** Are these the flags of a build that reloads? */
  suffices: (flags: readonly string[]) => boolean;
  /** A flag that may stay commented out. */
  optional: (flag: string) => boolean;
}

const KEY = 'rustflags';

/** The flags of one profile table come into force. Other tables' are not looked at. */
export function enableProfileFlags(manifest: Manifest, wanted: FlagsSection): Outcome {
  const path = [...wanted.path, KEY];
  const name = tableName(wanted.path);
  const title = `${KEY} of ${name}`;
  const active = valueAt(manifest.values, path);
  const section = sectionOf(manifest, wanted.path);
  const blocks = section === null ? [] : commentedArrays(manifest, KEY, section.start, section.end);
  if (active !== undefined) {
    const flags = stringsOf(active);
    if (flags === null) return unusual(manifest, `${name} has ${KEY} that are no array of strings`);
    return completed(manifest, path, flags, wanted, title);
  }
  const [block] = blocks;
  if (section !== null && block !== undefined) {
    if (block === null) {
      return refused(
        'unclear-block',
        `${manifest.file}: the commented ${KEY} of ${name} don't end, or hold more than strings.`,
        'Mend that block, or uncomment it by hand.',
      );
    }
    if (blocks.length > 1) {
      return refused(
        'several-blocks',
        `${manifest.file}: ${name} has ${blocks.length} commented blocks of ${KEY}.`,
        'Leave only the one to be used, or uncomment it by hand.',
      );
    }
    return { state: 'missing', splices: block.splices, change: { path, value: block.strings }, title };
  }
  if (wanted.known === null) {
    return refused(
      'no-flags',
      `${manifest.file}: ${name} has no ${KEY}, not even commented out.`,
      'Take them over from a manifest of the family that has them.',
    );
  }
  return added(
    manifest,
    wanted.path,
    wanted.known,
    `${title} (taken from the family: this manifest has none)`,
  );
}

/** Flags that are there already, less some that stand commented out among them. */
function completed(
  manifest: Manifest,
  path: readonly string[],
  flags: readonly string[],
  wanted: FlagsSection,
  title: string,
): Outcome {
  const statement = manifest.statements.find((each) => each.kind === 'pair' && samePath(each.path, path));
  const items = statement === undefined ? null : itemsAt(manifest.text, statement.value);
  const splices: Splice[] = [];
  const found: { at: number; flags: string[] }[] = [];
  for (const comment of manifest.comments) {
    if (statement === undefined || items === null || comment.within !== statement || !comment.alone) continue;
    const line = manifest.text.slice(comment.start + 1, comment.end);
    const strings = stringsIn(line);
    if (strings === null || strings.length === 0 || strings.every(wanted.optional)) continue;
    const comma = /,\s*(#.*)?$/.test(line);
    splices.push({ start: comment.start, end: comment.start + 1, text: '' });
    found.push({ at: comment.start, flags: strings });
    const end = comment.start + 1 + line.trimEnd().length;
    for (const splice of commasAround(items, comment.start, end, comma)) {
      if (!splices.some((each) => each.start === splice.start && each.text === splice.text))
        splices.push(splice);
    }
  }
  const all = [
    ...(items ?? []).map((item, index) => ({ at: item.start, flags: [flags[index] ?? ''] })),
    ...found,
  ].sort((a, b) => a.at - b.at);
  const value = found.length === 0 ? flags : all.flatMap((each) => each.flags);
  if (!wanted.suffices(value)) {
    return refused(
      'other-flags',
      `${manifest.file}: ${tableName(wanted.path)} has ${KEY} already, and they are not those of a build that reloads.`,
      `Put yours and those for reloading together by hand${wanted.known === null ? '.' : `: ${quoteAll(wanted.known)}.`}`,
    );
  }
  if (found.length === 0) return { state: 'done' };
  return { state: 'partly', splices, change: { path, value }, title };
}

function added(
  manifest: Manifest,
  table: readonly string[],
  flags: readonly string[],
  title: string,
): Outcome {
  const lines = [`${KEY} = [`, ...flags.map((flag) => `\t${quote(flag)},`), ']'];
  const change = { path: [...table, KEY], value: flags };
  const section = sectionOf(manifest, table);
  if (section !== null) {
    return { state: 'missing', splices: [linesBehind(manifest.text, section.last, lines)], change, title };
  }
  const last = manifest.statements
    .filter((each) => each.kind === 'table' && samePath(each.path.slice(0, 2), table.slice(0, 2)))
    .at(-1);
  if (valueAt(manifest.values, table) !== undefined || last === undefined) {
    return unusual(manifest, `${tableName(table)} has no header of its own`);
  }
  const behind = linesBehind(manifest.text, endOf(manifest, last.path), ['', tableName(table), ...lines]);
  return { state: 'missing', splices: [behind], change, title };
}

/** Behind a table, and behind its flags where they stand commented out. */
function endOf(manifest: Manifest, table: readonly string[]): number {
  const section = sectionOf(manifest, table);
  if (section === null) return manifest.text.length;
  const blocks = commentedArrays(manifest, KEY, section.start, section.end);
  const least = blocks.map((each) => each?.splices.at(-1)?.start ?? 0);
  return behindSection(manifest, section.last, Math.max(0, ...least));
}

const unusual = (manifest: Manifest, what: string): Outcome =>
  refused('unusual-form', `${manifest.file}: ${what}.`, 'Make this edit by hand.');

/** The header of a table. */
const tableName = (path: readonly string[]): string =>
  `[${path.map((part) => (/^[A-Za-z0-9_-]+$/.test(part) ? part : `'${part}'`)).join('.')}]`;
