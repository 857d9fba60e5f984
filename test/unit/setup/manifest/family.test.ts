/** Plans for the family's manifests, as they are and as people left them. */
import { describe, expect, test } from 'vitest';
import { familyFlags } from '../../../../main/engine/families/conduwuit/familyFlags.ts';
import { stringList, valueAt } from '../../../../main/engine/setup/manifest/values.ts';
import { familyManifests } from '../../../support/fixtures/familyManifests.ts';
import {
  applied,
  changes,
  type Files,
  kinds,
  linesOf,
  meaning,
  planOf,
  textAfter,
  wayOf,
} from './planned.ts';

const FLAGS = familyFlags('conduwuit_mods');
const TIME = "	'-Ztime-passes',";
/** In the dev profile, where the flag after it says so. */
const TIME_PASSES = /	'-Ztime-passes',(?=\n#?	'-Zmir)/;
const CORE = '[profile.dev.package.conduwuit_core]';

/** Does a change of the root manifest, which has to find what it changes. */
function withRoot(from: string | RegExp, to: string, files: Files = familyManifests()): Files {
  const text = String(files['Cargo.toml']);
  const changed = text.replace(from, () => to);
  if (changed === text) throw new Error(`nothing like ${from}`);
  return { ...files, 'Cargo.toml': changed };
}

const rootFlags = (text: string, ...table: string[]): string[] =>
  stringList(valueAt(meaning(text), ['profile', 'dev', ...table, 'rustflags']));

function expectFlags(text: string): void {
  expect(rootFlags(text)).toEqual(FLAGS.dev);
  expect(rootFlags(text, 'package', 'conduwuit_core')).toEqual(FLAGS.core);
  expect(rootFlags(text, 'package', 'conduwuit')).toEqual(FLAGS.program);
  expect(rootFlags(text, 'package', '*')).toEqual(FLAGS.others);
  expect(valueAt(meaning(text), ['cargo-features'])).toEqual(['profile-rustflags']);
}

function expectNothingLeft(files: Files): void {
  const plan = planOf(files);
  expect(plan.steps.map((step) => step.state)).toEqual(plan.steps.map(() => 'done'));
  for (const way of plan.ways) expect(way).toMatchObject({ edits: [], refusals: [], arguments: [] });
}

describe('the manifests as they come', () => {
  test.each([
    ['conduwuit_', '\n'],
    ['tuwunel_', '\n'],
    ['conduwuit_', '\r\n'],
  ] as const)('%s with %j: 7 files, 68 lines, each of them less one #', (prefix, ending) => {
    const files = familyManifests({ prefix, ending });
    const plan = planOf(files);
    expect(plan).toMatchObject({ kind: 'family', toolchain: 'nightly' });
    expect(plan.modules).toEqual(
      ['database', 'service', 'api', 'admin', 'router'].map((each) => prefix + each),
    );
    expect(plan.ways.map((way) => way.id)).toEqual(['flags', 'edits']);
    const way = wayOf(plan, 'edits');
    expect(way.refusals).toEqual([]);
    expect(way.edits).toHaveLength(7);
    expect(linesOf(way)).toBe(68);
    for (const edit of way.edits) {
      const { removed, added } = changes(String(files[edit.file]), String(edit.after));
      expect(removed.map((line) => line.replace('#', ''))).toEqual(added);
      expect(removed).toHaveLength(edit.lines);
      expect(edit.before).toEqual(Buffer.from(files[edit.file] ?? ''));
    }
    expectNothingLeft(applied(files, way));
  });

  test('the flags are those that stand there, on either way', () => {
    const files = familyManifests();
    const plan = planOf(files);
    expectFlags(textAfter(files, wayOf(plan, 'edits'), 'Cargo.toml'));
    const way = wayOf(plan, 'flags');
    expect(way.edits.map((edit) => edit.file)).not.toContain('Cargo.toml');
    expect([way.edits.length, linesOf(way)]).toEqual([6, 6]);
    expect(way.arguments[0]).toBe('-Zprofile-rustflags');
    const values = way.arguments.filter((_, at) => at > 0 && at % 2 === 0);
    expect(way.arguments.filter((each) => each === '--config')).toHaveLength(4);
    const text = `cargo-features = ["profile-rustflags"]\n${values.join('\n')}`;
    expectFlags(text);
  });

  test.each(['', ' ', '    ', ' \t'])('an indentation of %j is kept', (indent) => {
    const files = familyManifests({ indent });
    const way = wayOf(planOf(files), 'edits');
    expect(linesOf(way)).toBe(68);
    const text = textAfter(files, way, 'Cargo.toml');
    expectFlags(text);
    expect(text).toContain(`\n${indent}'-Zplt=true',\n`);
  });

  test('a byte order mark and a last line without an end stay', () => {
    const files = familyManifests();
    const bare: Files = Object.fromEntries(
      Object.entries(files).map(([file, text]) => [file, `\ufeff${text.trimEnd()}`]),
    );
    const way = wayOf(planOf(bare), 'edits');
    expect(linesOf(way)).toBe(68);
    for (const edit of way.edits) {
      expect(String(edit.after)).toMatch(/^\ufeff[\s\S]*[^\n]$/);
    }
    expectNothingLeft(applied(bare, way));
  });

  test('blocks of other profiles and texts that look like one stay', () => {
    const files = familyManifests();
    const text = textAfter(files, wayOf(planOf(files), 'edits'), 'Cargo.toml');
    expect(text).toContain(`#rustflags = [\n#	'--not-this',\n#]`);
    expect(text).toContain(`[profile.bench]\ninherits = "release"\n#rustflags = [\n#	'-Cremark=all',`);
    expect(text).toContain(`[profile.release-quick]\ninherits = "release"\n#rustflags = [`);
    const api = textAfter(files, wayOf(planOf(files), 'edits'), 'src/api/Cargo.toml');
    expect(api).toContain(`plenty = [\n#	"dylib",\n]`);
  });

  test('a write-protected file is refused where it would have to be edited, and only there', () => {
    const files = familyManifests();
    const failure = { kind: 'read-only', message: 'It is.', remedy: null };
    const plan = planOf(files, [
      { file: 'src/api/Cargo.toml', failure },
      { file: 'src/main/Cargo.toml', failure },
    ]);
    for (const way of plan.ways) expect(kinds(way)).toEqual(['src/api/Cargo.toml: read-only']);
    expect(wayOf(plan, 'edits').edits).toHaveLength(6);
  });
});

describe('half done by hand', () => {
  test('some tables and crates are in force already', () => {
    const files = familyManifests();
    const done = applied(files, wayOf(planOf(files), 'edits'));
    const text = String(files['Cargo.toml']);
    const [start, end] = [text.indexOf(CORE), text.indexOf('[profile.dev.package.conduwuit]')];
    const core =
      String(done['Cargo.toml']).match(/\[profile\.dev\.package\.conduwuit_core\][\s\S]*?\n\]\n/)?.[0] ?? '';
    const half: Files = {
      ...files,
      'Cargo.toml': `${text.slice(0, start)}${core}\n${text.slice(end)}`,
      'src/api/Cargo.toml': done['src/api/Cargo.toml'] ?? '',
    };
    const plan = planOf(half);
    expect(plan.steps.filter((step) => step.state === 'done').map((step) => step.id)).toEqual([
      'flags:conduwuit_core',
      'crate-type:conduwuit_api',
    ]);
    const way = wayOf(plan, 'edits');
    expect(way.edits).toHaveLength(6);
    expect(linesOf(way)).toBe(68 - 17 - 1);
    expectFlags(textAfter(half, way, 'Cargo.toml'));
    const given = wayOf(plan, 'flags').arguments.join(' ');
    expect(given).toContain('profile.dev.package."*".rustflags');
    expect(given).not.toContain('conduwuit_core');
  });

  test('flags in force with cargo-features still commented out take the option alone', () => {
    const files = familyManifests();
    const done = applied(files, wayOf(planOf(files), 'edits'));
    const plan = planOf(withRoot('cargo-features', '#cargo-features', done));
    expect(wayOf(plan, 'flags')).toMatchObject({
      arguments: ['-Zprofile-rustflags'],
      edits: [],
      refusals: [],
    });
    expect(linesOf(wayOf(plan, 'edits'))).toBe(1);
  });

  test('lines left commented out in a block are uncommented, but for those that only cost time', () => {
    const files = familyManifests();
    const done = applied(files, wayOf(planOf(files), 'edits'));
    const some = withRoot("	'-Ztls-model=initial-exec',", "#	'-Ztls-model=initial-exec',", done);
    const half = withRoot(TIME_PASSES, `#${TIME}`, some);
    const plan = planOf(half);
    expect(plan.steps.filter((step) => step.state === 'partly').map((step) => step.id)).toEqual([
      'flags:conduwuit_core',
    ]);
    const way = wayOf(plan, 'edits');
    expect(linesOf(way)).toBe(1);
    const text = textAfter(half, way, 'Cargo.toml');
    expect(text).toContain("\n	'-Ztls-model=initial-exec',");
    expect(text).toContain("\n#	'-Ztime-passes',");
    expect(rootFlags(text, 'package', 'conduwuit_core')).toEqual(FLAGS.core);
    expectNothingLeft(applied(half, way));
  });

  test('a line that ends without a comma gets one where it needs it', () => {
    const files = familyManifests();
    const api = String(files['src/api/Cargo.toml']).replace('"rlib",\n#	"dylib",', '"rlib"\n#	"dylib"');
    const half: Files = { ...files, 'src/api/Cargo.toml': api };
    const way = wayOf(planOf(half), 'edits');
    expect(way.refusals).toEqual([]);
    expect(textAfter(half, way, 'src/api/Cargo.toml')).toContain('"rlib",\n	"dylib"\n]');
  });

  test('a flag that was taken out on purpose stays out', () => {
    const files = withRoot(TIME_PASSES, `#${TIME}`);
    const way = wayOf(planOf(files), 'edits');
    expect(linesOf(way)).toBe(67);
    const text = textAfter(files, way, 'Cargo.toml');
    expect(text).toContain("\n##	'-Ztime-passes',");
    expect(rootFlags(text)).toEqual(FLAGS.dev.filter((flag) => flag !== '-Ztime-passes'));
  });

  test('a remark in a block stays a remark', () => {
    const files = withRoot(TIME_PASSES, `${TIME}\n# slow: see the notes\n#`);
    const text = textAfter(files, wayOf(planOf(files), 'edits'), 'Cargo.toml');
    expect(text).toContain("\n	'-Ztime-passes',\n# slow: see the notes\n#\n	'-Zmir-opt-level=0',");
    expectFlags(text);
  });
});

describe('other states', () => {
  test('tables that were moved are found', () => {
    const files = familyManifests();
    const text = String(files['Cargo.toml']);
    const block = text.match(/(?<=crate\.\n)\[profile\.dev\][\s\S]*?#\]\n\n/)?.[0] ?? '';
    const moved: Files = { ...files, 'Cargo.toml': `${text.replace(block, '')}\n${block.trimEnd()}` };
    const way = wayOf(planOf(moved), 'edits');
    expect(linesOf(way)).toBe(68);
    expectFlags(textAfter(moved, way, 'Cargo.toml'));
  });

  test.each([
    ['[ profile . dev ]', '[profile.dev]'],
    ['[profile."dev"] # mine', '[profile.dev]'],
    ['[\'profile\'.dev.package."conduwuit_core"]', CORE],
    ['[profile.dev.package."*"]', "[profile.dev.package.'*']"],
  ])('a header may be written %s', (header, usual) => {
    const files = withRoot(usual, header);
    const way = wayOf(planOf(files), 'edits');
    expect(linesOf(way)).toBe(68);
    expectFlags(textAfter(files, way, 'Cargo.toml'));
  });

  test('without the cargo-features line, it is added at the top', () => {
    const files = withRoot('#cargo-features = ["profile-rustflags"]\n\n', '');
    const text = textAfter(files, wayOf(planOf(files), 'edits'), 'Cargo.toml');
    expect(text).toMatch(/^cargo-features = \["profile-rustflags"\]\n\n\[workspace\]/);
    expectFlags(text);
  });

  test.each([
    ['cargo-features = ["public-dependency"]', 'cargo-features = ["public-dependency", "profile-rustflags"]'],
    ['cargo-features = [\n  "a", # why\n]', 'cargo-features = [\n  "a", # why\n  "profile-rustflags",\n]'],
    ['cargo-features = [\n  "a" # why\n]', 'cargo-features = [\n  "a", # why\n  "profile-rustflags",\n]'],
    ['cargo-features = []', 'cargo-features = ["profile-rustflags"]'],
    ['# cargo-features = ["profile-rustflags", "a"]', ' cargo-features = ["profile-rustflags", "a"]'],
  ])('%j becomes %j', (before, later) => {
    const files = withRoot('#cargo-features = ["profile-rustflags"]', before);
    const way = wayOf(planOf(files), 'edits');
    expect(way.refusals).toEqual([]);
    expect(textAfter(files, way, 'Cargo.toml')).toContain(`${later}\n\n[workspace]`);
    expectNothingLeft(applied(files, way));
  });

  test('a table that has lost its flags gets those that the family knows', () => {
    const files = withRoot(/(?<=conduwuit_core\]\nincremental = false\n)#rustflags[\s\S]*?#\]\n/, '');
    const way = wayOf(planOf(files), 'edits');
    expect(way.refusals).toEqual([]);
    expectFlags(textAfter(files, way, 'Cargo.toml'));
    expect(wayOf(planOf(files), 'flags').arguments.join()).toContain('initial-exec');
  });

  test('a table that is missing is added beside the others', () => {
    const files = withRoot(/\[profile\.dev\.package\.conduwuit\][\s\S]*?#\]\n\n/, '');
    const way = wayOf(planOf(files), 'edits');
    expect(way.refusals).toEqual([]);
    const text = textAfter(files, way, 'Cargo.toml');
    expectFlags(text);
    expect(text.indexOf('[profile.dev.package.conduwuit]')).toBeLessThan(text.indexOf('# for the tests'));
    expectNothingLeft(applied(files, way));
  });

  test.each<[string, Files, string]>([
    [
      'two blocks',
      withRoot("#rustflags = [\n#	'--cfg'", "#rustflags = ['-Cdebuginfo=1']\n#rustflags = [\n#	'--cfg'"),
      'several-blocks',
    ],
    [
      'a block without an end',
      withRoot(/(?<='-Clink-arg=-Wl,-z,nodelete',\n)#\]\n(?=\n# for)/, ''),
      'unclear-block',
    ],
    ['flags of their own', withRoot(CORE, `${CORE}\nrustflags = ["-Cdebuginfo=1"]`), 'other-flags'],
    ['flags that are no strings', withRoot(CORE, `${CORE}\nrustflags = [1]`), 'unusual-form'],
    ['broken TOML', withRoot('[workspace]', '[workspace'), 'broken-toml'],
    [
      'a half-uncommented block',
      withRoot("#rustflags = [\n#	'--cfg'", "rustflags = [\n#	'--cfg'"),
      'broken-toml',
    ],
    [
      'an inline table',
      withRoot(
        /\[profile\.dev\.package\.conduwuit\][\s\S]*?#\]\n\n/,
        '[profile.dev.package]\nconduwuit.incremental = false\n\n',
      ),
      'unusual-form',
    ],
  ])('%s: refused, and the file stays', (_, files, kind) => {
    const way = wayOf(planOf(files), 'edits');
    expect(kinds(way)).toEqual([`Cargo.toml: ${kind}`]);
    expect(way.edits.map((edit) => edit.file)).not.toContain('Cargo.toml');
    for (const { failure } of way.refusals) {
      expect(failure.message).toMatch(/\.$/);
      expect(failure.remedy).not.toBeNull();
    }
  });

  test('bytes that are no UTF-8 are refused', () => {
    const files: Files = familyManifests();
    files['src/api/Cargo.toml'] = Buffer.concat([
      Buffer.from(files['src/api/Cargo.toml'] ?? ''),
      Buffer.from([0xff, 0xfe]),
    ]);
    for (const way of planOf(files).ways) {
      expect(kinds(way)).toEqual(['src/api/Cargo.toml: not-utf-8']);
      expect(way.edits.map((edit) => edit.file)).not.toContain('src/api/Cargo.toml');
    }
  });

  test('a table that is commented out keeps its block', () => {
    const files = withRoot('[profile.dev.package.conduwuit]', '#[profile.dev.package.conduwuit]');
    const text = textAfter(files, wayOf(planOf(files), 'edits'), 'Cargo.toml');
    expect(text).toContain('#[profile.dev.package.conduwuit]\n#rustflags = [');
  });

  test('a workspace in the way of the family, by other names', () => {
    const files = familyManifests({ prefix: 'depot_' });
    const plan = planOf(files);
    expect(plan.kind).toBe('family');
    expect([wayOf(plan, 'edits').edits.length, linesOf(wayOf(plan, 'edits'))]).toEqual([7, 68]);
    expectNothingLeft(applied(files, wayOf(plan, 'edits')));
  });

  test('crates that stand by themselves commented out as dylibs are made some', () => {
    const files: Files = {
      ...familyManifests(),
      'src/web/Cargo.toml':
        '[package]\nname = "conduwuit_web"\n\n[lib]\ncrate-type = [\n    "rlib",\n    # "dylib",\n]\n',
      'src/plain/Cargo.toml': '[package]\nname = "conduwuit_plain"\n\n[lib]\ncrate-type = ["rlib"]\n',
    };
    const way = wayOf(planOf(files), 'edits');
    expect(way.edits).toHaveLength(8);
    expect(textAfter(files, way, 'src/web/Cargo.toml')).toContain('    "rlib",\n     "dylib",\n]');
  });
});

describe('a package with flags of its own', () => {
  const OWN = `[profile.dev.package.rust-rocksdb-uwu]
incremental = false
#rustflags = [
#	'--cfg', 'conduwuit_mods',
#	'-Ztls-model=initial-exec',
#	'-Cprefer-dynamic=true',
#	'-Clink-arg=-Wl,-z,nodelete',
#]

`;
  const others = "[profile.dev.package.'*']";
  const files = withRoot(others, `${OWN}${others}`);
  const own = [
    '--cfg',
    'conduwuit_mods',
    '-Ztls-model=initial-exec',
    '-Cprefer-dynamic=true',
    '-Clink-arg=-Wl,-z,nodelete',
  ];

  test('gets them like the others, on both ways; before that, something is left to do', () => {
    const done = withRoot(
      others,
      `${OWN}${others}`,
      applied(familyManifests(), wayOf(planOf(familyManifests()), 'edits')),
    );
    expect(planOf(done).steps.filter(({ state }) => state !== 'done')).toMatchObject([
      { id: 'flags:rust-rocksdb-uwu' },
    ]);
    const way = wayOf(planOf(files), 'edits');
    const text = textAfter(files, way, 'Cargo.toml');
    expectFlags(text);
    expect(rootFlags(text, 'package', 'rust-rocksdb-uwu')).toEqual(own);
    expectNothingLeft(applied(files, way));
    expect(wayOf(planOf(files), 'flags').arguments.join(' ')).toContain(
      'profile.dev.package.rust-rocksdb-uwu.rustflags',
    );
  });

  test('one whose flags are nothing to do with reloading is left alone', () => {
    const other = withRoot(
      others,
      `[profile.dev.package.tiny]\n#rustflags = [\n#	'-Copt-level=3',\n#]\n\n${others}`,
    );
    expect(planOf(other).steps.map(({ id }) => id)).not.toContain('flags:tiny');
    expectNothingLeft(applied(other, wayOf(planOf(other), 'edits')));
  });
});
