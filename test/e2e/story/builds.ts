/** The builds as they are recorded, against cargo's own account of the very same ones, and rustc's words. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import type { BuildRecord, HistoryRecord } from '#shared/contract.ts';
import { type CargoTimes, cargoTimings } from '../../support/cargoTimings.ts';
import { storedBytes } from '../../support/logs.ts';
import type { Play } from './play.ts';
import type { Said } from './rustc.ts';
import { expectSoon, ROUNDED, WORST } from './times.ts';

export interface ExpectedBuild {
  trigger: BuildRecord['trigger']['kind'];
  files: string[];
  /** What was compiled, by name. */
  compiled: string[];
  /** What was another thing on disk than in the server, when it was over. */
  stale: string[];
  /** What could not be compiled. */
  failed?: string;
}

/** Cargo rounds a beginning and a duration to 10 ms each. */
const CARGO_ROUNDS = 20;
/** What all crates of a build have in common, the start of cargo, is left out; three quarters of the rest are as near as this. */
const TYPICAL_CRATE = 30;

export async function checkBuilds(
  kept: readonly HistoryRecord[],
  play: Play,
  expected: readonly ExpectedBuild[],
  said: readonly Said[],
): Promise<void> {
  const records = kept.filter((each) => each.kind === 'build');
  const edits = kept.filter((each) => each.kind === 'edit');
  expect(records).toHaveLength(expected.length);
  const pages = await Promise.all(records.map((record) => pageOf(record, play)));
  // Cargo keeps a page of each build that it ran.
  const folder = join(play.root, 'target/cargo-timings');
  const all = (await readdir(folder)).filter((file) => file !== 'cargo-timing.html');
  expect(pages.map((page) => basename(page))).toEqual(all.sort());

  const apart: number[] = [];
  for (const [i, record] of records.entries()) {
    const { trigger, files, compiled, stale, failed } = expected[i] ?? { compiled: [], stale: [] };
    const cargo = await cargoTimings(pages[i] ?? '');
    expect(record).toMatchObject({
      trigger: { kind: trigger, files, text: files?.[0] ?? 'Start' },
      outcome: failed === undefined ? 'ok' : 'failed',
      message: null,
    });
    expect(record.rebuilt.toSorted()).toEqual(compiled.toSorted());
    apart.push(...checkCrates(record, cargo, failed, compiled));

    // When it was: cargo began within it; and how long: what the window's head said.
    const began = momentIn(pages[i] ?? '');
    expect(began).toBeGreaterThanOrEqual(record.at - ROUNDED);
    expect(began).toBeLessThanOrEqual(record.at + record.took + ROUNDED);
    expect(
      saysTook(play.seen.builds[i] ?? '', record.took),
      `${play.seen.builds[i]}: ${record.took} ms`,
    ).toBe(true);

    const states = Object.entries(record.modules);
    expect(states.flatMap(([name, state]) => (state === 'stale' ? [name] : [])).sort()).toEqual(stale);
    expect(states.flatMap(([name, state]) => (state === 'failed' ? [name] : []))).toEqual(
      failed ? [failed] : [],
    );
    for (const name of record.rebuilt) {
      const [file = 'had no file'] = files ?? [];
      expect(record.reasons[name], `${name} in build ${i}`).toContain(file);
    }
    const told = record.problems.list.map((problem) => ({
      package: problem.package,
      level: problem.level,
      message: problem.message,
      code: problem.code,
      file: problem.file,
      line: problem.line,
      column: problem.column,
    }));
    expect(told).toEqual(failed === undefined ? [] : said);
    expect(record.problems).toMatchObject({ errors: told.length, warnings: 0 });
  }
  const held = play.held();
  apart.sort((a, b) => a - b);
  const typical = apart[Math.floor((3 * apart.length) / 4)];
  const told = `crates are so far from cargo's figures (ms): ${apart.map(Math.round).join(', ')}`;
  expect(typical, told).toBeLessThan(TYPICAL_CRATE + held);
  expect(apart.at(-1), told).toBeLessThan(WORST + 10 * held);
  const times = records
    .filter(({ trigger }) => trigger.kind === 'edit')
    .map(({ at }, i) => ({ was: edits[i]?.at ?? Number.NaN, recorded: at, file: edits[i]?.files[0] }));
  expect(times).toHaveLength(edits.length);
  // After an edit of the settings the workspace is read again first, which takes a cargo of its own.
  expectSoon(
    'The build of an edit',
    times.filter(({ file }) => file !== 'hotdeck.json'),
    { held },
  );
}

/** The page that cargo says in the stored log of this build to have written of it. */
async function pageOf({ run, line, endLine }: BuildRecord, { data }: Play): Promise<string> {
  const text = (await storedBytes(data, run)).toString().replace(/\x1b\[[\d;]*m/g, '');
  expect([line, endLine]).toEqual([0, text.trimEnd().split('\n').length]);
  const pages = [...text.matchAll(/Timing report saved to (\S+)/g)].map(([, page = '']) => page);
  expect(pages).toHaveLength(1);
  return pages[0] ?? '';
}

/** Which crates, in which order, and when. @returns by how many ms each beginning and end is elsewhere than cargo has it. */
function checkCrates(
  { compiled, fresh, took, link }: BuildRecord,
  cargo: ReadonlyMap<string, CargoTimes>,
  failed: string | undefined,
  expected: readonly string[],
): number[] {
  const worked = [...cargo].filter(([, { began, ended }]) => ended > began);
  const idle = [...cargo.keys()].filter((name) => !worked.some(([each]) => each === name));
  expect(worked.map(([name]) => name).sort()).toEqual(expected.toSorted());
  expect(compiled.map(({ name }) => name).sort()).toEqual(expected.toSorted());
  expect(fresh.toSorted()).toEqual(idle.filter((name) => name !== failed).sort());
  // In the order in which they were done, as far as cargo's figures tell them apart.
  for (const [i, { name }] of compiled.entries()) {
    for (const later of compiled.slice(i + 1)) {
      const [one, other] = [cargo.get(name)?.ended ?? NaN, cargo.get(later.name)?.ended ?? NaN];
      expect(one, `${name} was done before ${later.name}`).toBeLessThanOrEqual(other + CARGO_ROUNDS);
    }
  }
  const pairs = compiled.flatMap(({ name, began, ended, took: each, link: linking }) => {
    const told = cargo.get(name);
    if (told === undefined || began === null || ended === null || each === null) throw new Error(name);
    expect(each).toBe(ended - began);
    expect(ended).toBeLessThanOrEqual(took);
    expect(linking ?? 0).toBeLessThanOrEqual(each);
    return [began - told.began, ended - told.ended];
  });
  expect(link ?? 0).toBeLessThanOrEqual(took);
  // Cargo counts from its own beginning, which is later than that of the build.
  const common = pairs.toSorted((a, b) => a - b)[Math.floor(pairs.length / 2)] ?? 0;
  expect(common).toBeGreaterThan(-CARGO_ROUNDS);
  return pairs.map((each) => Math.abs(each - common));
}

/** When cargo began, by the name of its page: `cargo-timing-20261123T125530815Z-….html`. */
function momentIn(page: string): number {
  const found = /-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-/.exec(page) ?? [];
  const [, year, month, day, hour, minute, second, ms] = found;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
}

/** `ok · 1.1 s`, `failed · 1 error · 0.6 s`, `ok · 91 ms` */
function saysTook(pill: string, took: number): boolean {
  const [, number, unit] = /([\d.]+) (m?s)$/.exec(pill) ?? [];
  return unit === 'ms' ? Number(number) === Math.round(took) : Math.abs(Number(number) * 1000 - took) <= 50;
}
