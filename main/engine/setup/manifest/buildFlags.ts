import { failed, type Result, success } from '../../result.ts';
import { appendItem, insertion } from './arrays.ts';
import { type Manifest, samePath, sectionOf } from './manifest.ts';
import { type Outcome, refused } from './outcome.ts';
import { linesBehind } from './splices.ts';
import { quote, quoteAll, stringsOf, tableOf, valueAt } from './values.ts';

export const FLAG = '-Cprefer-dynamic';
const PATH = ['build', 'rustflags'] as const;

/** Everything that links to a shared library gets it as such, by cargo's configuration file. */
export function preferDynamic(manifest: Manifest): Outcome {
  const title = `[build] rustflags: ${FLAG}`;
  const flags = buildFlags(manifest);
  if (!flags.ok) return { state: 'refused', failure: flags.failure };
  const { list, written } = flags.value;
  if (hasFlag(list)) return { state: 'done' };
  const statement = manifest.statements.find((each) => each.kind === 'pair' && samePath(each.path, PATH));
  if (written === 'string') {
    const raw = manifest.text.slice(statement?.value, statement?.end);
    if (statement === undefined || raw.startsWith('"""') || raw.startsWith("'''")) return unusual(manifest);
    const value = `${valueAt(manifest.values, PATH)} ${FLAG}`;
    return {
      state: 'missing',
      splices: [insertion(statement.end - 1, ` ${FLAG}`)],
      change: { path: PATH, value },
      title,
    };
  }
  if (written === 'array') {
    const splices = statement === undefined ? null : appendItem(manifest, statement, quote(FLAG));
    if (splices === null) return unusual(manifest);
    return { state: 'missing', splices, change: { path: PATH, value: [...list, FLAG] }, title };
  }
  const line = `rustflags = ${quoteAll([FLAG])}`;
  const change = { path: PATH, value: [FLAG] };
  const section = sectionOf(manifest, ['build']);
  if (section !== null) {
    return { state: 'missing', splices: [linesBehind(manifest.text, section.last, [line])], change, title };
  }
  if (Object.hasOwn(manifest.values, 'build')) return unusual(manifest);
  const end = manifest.text.length;
  const apart = manifest.text === '' ? [] : [''];
  return {
    state: 'missing',
    splices: [linesBehind(manifest.text, end, [...apart, '[build]', line])],
    change,
    title,
  };
}

/** What cargo has to be told on its command line instead; none where the file says it already. */
export function preferDynamicArguments(manifest: Manifest | null): Result<string[]> {
  const flags = manifest === null ? null : buildFlags(manifest);
  if (flags !== null && !flags.ok) return flags;
  if (flags !== null && hasFlag(flags.value.list)) return success([]);
  // Arrays are joined with what the files say; a string takes the place of theirs.
  const value =
    flags?.value.written === 'string' ? quote([...flags.value.list, FLAG].join(' ')) : `[${quote(FLAG)}]`;
  return success(['--config', `${PATH.join('.')}=${value}`]);
}

type Written = 'nowhere' | 'array' | 'string';

function buildFlags(manifest: Manifest): Result<{ list: string[]; written: Written }> {
  const targets = tableOf(manifest.values.target);
  const others = Object.entries(targets).filter(([, each]) => Object.hasOwn(tableOf(each), 'rustflags'));
  const target = others.find(([, each]) => !hasFlag(flagList(tableOf(each).rustflags) ?? []));
  if (target !== undefined) {
    return failed(
      'other-flags',
      `${manifest.file}: [target.'${target[0]}'] has rustflags of its own, and cargo then leaves those of [build] out.`,
      `Add ${quote(FLAG)} to them by hand.`,
    );
  }
  const value = valueAt(manifest.values, PATH);
  const list = value === undefined ? [] : flagList(value);
  if (list === null)
    return failed('unusual-form', `${manifest.file}: its rustflags are neither strings nor a string.`);
  if (contradicts(list)) {
    return failed(
      'other-flags',
      `${manifest.file}: its rustflags say not to prefer dynamic libraries.`,
      'Take that flag out.',
    );
  }
  if (others.length > 0) return success({ list: [...list, FLAG], written: 'array' });
  return success({
    list,
    written: value === undefined ? 'nowhere' : typeof value === 'string' ? 'string' : 'array',
  });
}

const flagList = (value: unknown): string[] | null =>
  typeof value === 'string' ? value.split(/\s+/).filter((each) => each !== '') : stringsOf(value);

/** `-Cx` may stand as `-C x` too, and as two of the list. */
const joined = (flags: readonly string[]): string =>
  ` ${flags.join(' ').replaceAll(/(^| )(-C|--codegen)[ =]*/g, '$1-C')} `;
const hasFlag = (flags: readonly string[]): boolean =>
  /[ ]-Cprefer[-_]dynamic(=(y|yes|on|true))?[ ]/.test(joined(flags)) && !contradicts(flags);
const contradicts = (flags: readonly string[]): boolean =>
  /[ ]-Cprefer[-_]dynamic=(n|no|off|false)[ ]/.test(joined(flags));

const unusual = (manifest: Manifest): Outcome =>
  refused(
    'unusual-form',
    `${manifest.file}: its [build] is written in a way that Hotdeck doesn't edit.`,
    `Add ${quote(FLAG)} to its rustflags by hand.`,
  );
