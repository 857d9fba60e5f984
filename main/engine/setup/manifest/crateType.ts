import { appendItem, commasAround } from './arrays.ts';
import { stringsIn } from './commented.ts';
import { behindSection, type Manifest, samePath, sectionOf } from './manifest.ts';
import { type Outcome, refused } from './outcome.ts';
import { itemsAt, type Statement } from './scan.ts';
import { linesBehind } from './splices.ts';
import { quote, quoteAll, stringsOf, tableOf } from './values.ts';

const DYNAMIC = 'dylib';
const KEYS = ['crate-type', 'crate_type'];
// What a library is without a crate-type, and as a dynamic one too.
const BOTH = ['rlib', DYNAMIC];

/** Is there a `"dylib"` in a package's crate-type that is commented out? */
export const offersDynamic = (manifest: Manifest): boolean => {
  const statement = crateType(manifest);
  return statement !== null && commentedDynamic(manifest, statement) !== null;
};

/** A package's library gets built as a dynamic one too. */
export function enableDynamic(manifest: Manifest): Outcome {
  const title = `crate-type: ${DYNAMIC}`;
  const library = tableOf(manifest.values.lib);
  const keys = KEYS.filter((key) => Object.hasOwn(library, key));
  const [key] = keys;
  if (key === undefined) return added(manifest, title);
  const types = keys.length === 1 ? stringsOf(library[key]) : null;
  const statement = crateType(manifest);
  if (types?.includes(DYNAMIC)) return { state: 'done' };
  if (types === null || statement === null) return unusual(manifest);
  if (types.some((type) => type === 'cdylib' || type === 'proc-macro')) {
    return refused(
      'other-crate-type',
      `${manifest.file}: its library is a ${types.join(' and ')}; a ${DYNAMIC} of the same name can't lie beside it.`,
      `Make it a ${DYNAMIC} by hand, or leave it out.`,
    );
  }
  const path = statement.path;
  const items = itemsAt(manifest.text, statement.value);
  const comment = commentedDynamic(manifest, statement);
  if (comment !== null && items !== null) {
    const { start, end } = comment;
    const before = items.filter((each) => each.end <= start).length;
    const value = [...types.slice(0, before), DYNAMIC, ...types.slice(before)];
    const splices = [{ start, end: start + 1, text: '' }, ...commasAround(items, start, end, comment.comma)];
    return { state: 'missing', splices, change: { path, value }, title };
  }
  const splices = appendItem(manifest, statement, quote(DYNAMIC));
  if (splices === null) return unusual(manifest);
  return { state: 'missing', splices, change: { path, value: [...types, DYNAMIC] }, title };
}

function crateType({ statements }: Manifest): Statement | null {
  const found = (each: Statement): boolean =>
    each.kind === 'pair' && KEYS.some((key) => samePath(each.path, ['lib', key]));
  return statements.find(found) ?? null;
}

/** The line that holds nothing but a commented `"dylib"`: its `#`, the end of what it says, and whether a comma is there. */
function commentedDynamic(
  { comments, text }: Manifest,
  statement: Statement,
): { start: number; end: number; comma: boolean } | null {
  for (const { start, end, alone, within } of comments) {
    if (!alone || within !== statement) continue;
    const found = /^\s*(?:"dylib"|'dylib')\s*(,)?/.exec(text.slice(start + 1, end));
    const strings = found === null ? null : stringsIn(text.slice(start + 1, end));
    if (found === null || strings?.length !== 1) continue;
    return { start, end: start + 1 + found[0].trimEnd().length, comma: found[1] !== undefined };
  }
  return null;
}

function added(manifest: Manifest, title: string): Outcome {
  const change = { path: ['lib', 'crate-type'], value: BOTH };
  const line = `crate-type = ${quoteAll(BOTH)}`;
  const section = sectionOf(manifest, ['lib']);
  if (section !== null) {
    return { state: 'missing', splices: [linesBehind(manifest.text, section.header, [line])], change, title };
  }
  const own = sectionOf(manifest, ['package']);
  if (Object.hasOwn(manifest.values, 'lib') || own === null) return unusual(manifest);
  const splices = [linesBehind(manifest.text, behindSection(manifest, own.last, 0), ['', '[lib]', line])];
  return { state: 'missing', splices, change, title };
}

const unusual = (manifest: Manifest): Outcome =>
  refused(
    'unusual-form',
    `${manifest.file}: its [lib] is written in a way that Hotdeck doesn't edit.`,
    `Put "${DYNAMIC}" into its crate-type by hand.`,
  );
