/** What may happen to a manifest, and what has to hold for a plan whatever happened. */
import { diffLines } from 'diff';
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { expect } from 'vitest';
import type { FileEdit } from '../../../../main/engine/setup/types.ts';
import { applied, type Files, planOf } from './planned.ts';

type Mutation = (text: string, at: number, other: number) => string;

const PIECES = [
  ...[
    '"',
    "'",
    '"""',
    "'''",
    '[',
    ']',
    '[[',
    '{',
    '}',
    '#',
    '=',
    ',',
    '\\',
    '\t',
    '\r',
    '\n',
    '.',
    '\u0000',
    'é',
  ],
  ...[
    '#rustflags = [',
    'rustflags = ["-Ca"]',
    '#]',
    '"dylib",',
    'crate-type = ["rlib"]',
    '[lib]',
    '[profile.dev]',
  ],
  ...[
    "#	'--cfg', 'conduwuit_mods',",
    '\n[build]\n',
    'cargo-features = []',
    '#cargo-features = ["x"]',
    '\n# "dylib"\n',
  ],
];

const lines = (text: string): string[] => text.split(/(?<=\n)/);
const pick = <T>(all: readonly T[], at: number): T | undefined => all[at % Math.max(1, all.length)];

/** Changes the line that `at` picks. */
const onLine =
  (change: (line: string, other: number) => string): Mutation =>
  (text, at, other) => {
    const all = lines(text);
    const index = at % Math.max(1, all.length);
    return all.map((line, each) => (each === index ? change(line, other) : line)).join('');
  };

/** Tables, with the comments in them. */
const tables = (text: string): string[] => text.split(/(?<=\n)(?=\[)/);

const MUTATIONS: Mutation[] = [
  onLine(() => ''),
  onLine((line) => line + line),
  onLine((line) => line.replace('#', '')),
  onLine((line) => `#${line}`),
  onLine((line) => `   ${line}`),
  onLine((line) => line.trimStart()),
  onLine((line) => line.replace(/\r?\n$/, '  # why\n')),
  onLine((line) => (line.endsWith('\r\n') ? line.replace('\r\n', '\n') : line.replace('\n', '\r\n'))),
  onLine((line) => line.replace(',', '')),
  onLine((line) => line.replaceAll("'", '"')),
  onLine((line, other) => (pick(PIECES, other) ?? '') + line),
  onLine((line, other) => `${pick(PIECES, other) ?? ''}\n${line}`),
  (text, at, other) => {
    const offset = at % (text.length + 1);
    return text.slice(0, offset) + (pick(PIECES, other) ?? '') + text.slice(offset);
  },
  (text, at, other) => {
    const offset = at % (text.length + 1);
    return text.slice(0, offset) + text.slice(offset + (other % 40));
  },
  (text, at) => text.slice(0, at % (text.length + 1)),
  (text, at, other) => {
    const all = tables(text);
    const [moved = ''] = all.splice(at % all.length, 1);
    all.splice(other % (all.length + 1), 0, moved.endsWith('\n') ? moved : `${moved}\n`);
    return all.join('');
  },
  (text, at) =>
    tables(text)
      .filter((_, index, all) => index !== at % all.length)
      .join(''),
  (text, at) =>
    tables(text)
      .map((table, index, all) =>
        index === at % all.length
          ? lines(table)
              .map((line) => `#${line}`)
              .join('')
          : table,
      )
      .join(''),
  (text, at) =>
    tables(text)
      .map((table, index, all) =>
        index === at % all.length ? table.replaceAll(/^#(?=rust|\t|\])/gm, '') : table,
      )
      .join(''),
  (text) => text.replace(/\s+$/, ''),
  (text) => `\ufeff${text}`,
  (text) => text.replaceAll('\t', '    '),
  (text) => text.replaceAll(/\r?\n/g, '\r\n'),
  (text) => text.replaceAll('#', '# '),
  (text) => text.replaceAll(/\[\s*"rlib",\s*#\s*"dylib",\s*\]/g, '["rlib"]'),
];

/** Some mutations, one behind the other, of some of the files. */
export function mutations(names: readonly string[]): fc.Arbitrary<(files: Files) => Files> {
  const number = fc.nat(1_000_000);
  const one = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...MUTATIONS), number, number);
  const bytes = fc.option(fc.tuple(fc.constantFrom(...names), number, fc.integer({ min: 0, max: 255 })), {
    freq: 20,
  });
  return fc.tuple(fc.array(one, { minLength: 1, maxLength: 6 }), bytes).map(([all, byte]) => (files) => {
    const result = { ...files };
    for (const [name, mutate, at, other] of all) result[name] = mutate(String(result[name]), at, other);
    if (byte !== null) {
      const [name, at, value] = byte;
      const changed = Buffer.from(result[name] ?? '');
      if (changed.length > 0) changed[at % changed.length] = value;
      result[name] = changed;
    }
    return result;
  });
}

/** Checks all that has to hold for any files; gives how many edits there are. */
export function checkPlan(files: Files): number {
  const plan = planOf(files);
  let edits = 0;
  for (const way of plan.ways) {
    const names = way.edits.map((edit) => edit.file);
    expect(new Set(names).size).toBe(names.length);
    for (const refusal of way.refusals) {
      expect(names).not.toContain(refusal.file);
      expect(refusal.failure.message).not.toBe('');
    }
    for (const edit of way.edits) checkEdit(files, edit);
    edits += way.edits.length;
    const again = planOf(applied(files, way)).ways.find((each) => each.id === way.id);
    expect((again?.edits ?? []).map((edit) => edit.file)).toEqual([]);
    expect(again?.arguments ?? way.arguments).toEqual(way.arguments);
  }
  return edits;
}

const FEATURES = /cargo-features|profile-rustflags/;
const OWNED =
  /rustflags|crate[-_]type|dylib|rlib|^\s*#?\s*["'\]]|^\s*#?\s*$|^\s*["'].*,?\s*$|^\[(lib|build|profile\.dev.*)\]$/;

function checkEdit(files: Files, edit: FileEdit): void {
  const before = files[edit.file];
  // Comparing buffers by value is slow.
  const same = before === undefined ? edit.before === null : edit.before?.equals(Buffer.from(before));
  expect(same).toBe(true);
  const later = String(edit.after);
  expect(() => parse(later.replace(/^\ufeff/, ''))).not.toThrow();
  expect(edit.lines).toBeGreaterThan(0);
  expect(edit.steps.length).toBeGreaterThan(0);
  // Whatever goes was a comment that comes back without its `#`, or has got a value or a comma more.
  const parts = diffLines(String(before ?? ''), later);
  const added = parts.filter((part) => part.added).flatMap((part) => lines(part.value));
  const bare = new Set(added.map((line) => line.replace(/[\r\n]+$/, '')));
  for (const line of parts.filter((part) => part.removed).flatMap((part) => lines(part.value))) {
    const text = line.replace(/[\r\n]+$/, '').replace(/^\ufeff/, '');
    const uncommented = text.replace('#', '');
    const kept = bare.has(text) || bare.has(uncommented) || bare.has(`\ufeff${uncommented}`);
    const grown = [...bare].some(
      (each) =>
        withoutAdditions(each) === withoutAdditions(text.replace(/^(\s*)#/, '$1')) ||
        withoutAdditions(each) === withoutAdditions(text),
    );
    if (!kept && !grown) expect.fail(`${edit.file} lost ${JSON.stringify(line)}`);
  }
  for (const line of added) {
    if (
      !OWNED.test(line.replace(/[\r\n]+$/, '')) &&
      !FEATURES.test(line) &&
      !String(before ?? '').includes(line.trim())
    ) {
      expect.fail(`${edit.file} got ${JSON.stringify(line)}`);
    }
  }
}

/** A line less all that a setup may put into it. */
const withoutAdditions = (line: string): string =>
  line
    .replaceAll(/"(dylib|profile-rustflags|-Cprefer-dynamic)"| -Cprefer-dynamic/g, '')
    .replaceAll(/[,\s]/g, '');

/** A workspace of another kind, with libraries of all sorts and a configuration of cargo's. */
export function genericFiles(): Record<string, string> {
  return {
    'Cargo.toml': '[workspace]\nmembers = ["*"]\n\n[workspace.dependencies]\nbase = { path = "base" }\n',
    '.cargo/config.toml':
      '# how cargo works here\n[build]\njobs = 2\nrustflags = [\n  "-Cdebuginfo=1", # lines\n]\n',
    'base/Cargo.toml': '[package]\nname = "base"\n\n[lib]\n',
    'plugin/Cargo.toml':
      '[package]\nname = "plugin"\n\n[lib]\npath = "lib.rs"\ncrate-type = ["rlib"] # for now\n\n[dependencies]\nbase.workspace = true\n',
    'other/Cargo.toml':
      '[package]\nname = "other"\nversion = "1.0.0"\n#publish = false\n\n[dependencies]\nplugin = { path = "../plugin" }\n',
    'other/src/lib.rs': '',
    'host/Cargo.toml':
      '[package]\nname = "host"\n\n[[bin]]\nname = "host"\n\n[dependencies]\nbase.workspace = true\n',
    'macros/Cargo.toml': '[package]\nname = "macros"\n\n[lib]\nproc-macro = true\n',
  };
}
