/**
 * What a history of 100,000 records costs: to open it for its first screen, against reading and parsing all its lines, and to
 * write it. The files are in the page cache for both.
 */
import { mkdtemp, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { HistoryRecord } from '#shared/contract.ts';
import { HistoryStore } from '../../main/engine/history/historyStore.ts';
import { median, reportPairs } from './statistics.ts';

const RECORDS = 100_000;
const PAIRS = 15;
const MODULES = 12;
const DAY = 24 * 60 * 60 * 1000;
const FROM = 1_700_000_000_000;
const MOST = 2000;

export async function benchHistory(): Promise<void> {
  const data = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-bench-')));
  try {
    const folder = await fill(data);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
    const paths = files.map((name) => join(folder, name));
    let bytes = 0;
    for (const name of await readdir(folder)) bytes += (await stat(join(folder, name))).size;
    console.log(`\n${RECORDS} records, ${(bytes / 1e6).toFixed(1)} MB on disk with the index`);
    const [ours, day, rival]: [number[], number[], number[]] = [[], [], []];
    const [held, rivalHeld]: [number[], number[]] = [[], []];
    for (let pair = 0; pair < PAIRS; pair += 1) {
      const before = memory();
      let began = performance.now();
      const store = open(data);
      await ask(store, null);
      ours.push(performance.now() - began);
      began = performance.now();
      await ask(store, FROM + 200 * DAY);
      day.push(performance.now() - began);
      held.push(memory() - before);
      await store.close();
      const theirs = await parseAll(paths);
      rival.push(theirs.ms);
      rivalHeld.push(theirs.held);
    }
    reportPairs(`Open, and the whole in ${MOST} entries, against parsing all lines`, 'JSON   ', ours, rival);
    console.log(`  a day of it, when it is open   ${median(day).toFixed(1)} ms`);
    console.log(`  memory held   ${mb(held)}; with all records parsed ${mb(rivalHeld)}`);
    for (const path of paths) await rm(path.replace(/jsonl$/, 'idx'));
    const began = performance.now();
    const store = open(data);
    await ask(store, null);
    console.log(`  without any index   ${(performance.now() - began).toFixed(0)} ms`);
    await store.close();
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

function open(data: string): HistoryStore {
  const onFailure = ({ message }: { message: string }): never => {
    throw new Error(message);
  };
  return new HistoryStore({ data, workspace: 'depot', onFailure });
}

/** @param from a day from then on; null for all. */
async function ask(store: HistoryStore, from: number | null): Promise<void> {
  const answer = await store.history({ from, to: from === null ? null : from + DAY, most: MOST });
  if (!answer.ok || answer.value.whole?.count !== RECORDS) throw new Error('The history is not whole.');
  if (answer.value.entries.length === 0 || answer.value.entries.length > MOST)
    throw new Error('Not as asked.');
}

async function parseAll(paths: readonly string[]): Promise<{ ms: number; held: number }> {
  const before = memory();
  const began = performance.now();
  const records: unknown[] = [];
  for (const path of paths) {
    for (const line of (await readFile(path, 'utf8')).split('\n')) {
      if (line !== '') records.push(JSON.parse(line));
    }
  }
  const ms = performance.now() - began;
  const held = memory() - before;
  if (records.length < RECORDS) throw new Error(`Only ${records.length} lines.`);
  return { ms, held };
}

/** A year of work: an edit, a build and a reload at a time, a server that crashes now and then. */
async function fill(data: string): Promise<string> {
  const store = open(data);
  const began = performance.now();
  const step = (365 * DAY) / RECORDS;
  for (let i = 0; i < RECORDS; i += 1) store.append(recordOf(i, Math.round(FROM + i * step)));
  const each = ((performance.now() - began) / RECORDS) * 1000;
  await store.close();
  console.log(`\nA record is written in ${each.toFixed(0)} µs, on the average`);
  return store.folder;
}

const names = Array.from({ length: MODULES }, (_, i) => `depot_module_${i}`);

function recordOf(i: number, at: number): HistoryRecord {
  const modules = Object.fromEntries(
    names.map((name, n) => [name, (i + n) % 5 === 0 ? 'stale' : 'loaded'] as const),
  );
  const base = { v: 1 as const, at, run: 'server-20250408T120000123Z', line: i, endLine: i + 20, modules };
  const file = `${names[i % MODULES]}/src/part${i % 97}.rs`;
  if (i % 3 === 0) return { ...base, kind: 'edit', files: [file], owners: [names[i % MODULES] ?? ''] };
  if (i % 30 === 1) {
    const event = i % 60 === 1 ? 'start' : 'crash';
    const end = {
      code: null,
      signal: event === 'crash' ? 'SIGSEGV' : null,
      life: event === 'crash' ? 60_000 : null,
    };
    return { ...base, ...end, kind: 'server', event, pid: i, lines: [], coreFile: null };
  }
  if (i % 3 === 1) {
    return {
      ...base,
      kind: 'build',
      took: 800 + (i % 1000),
      waited: 0,
      trigger: { kind: 'edit', files: [file], text: file },
      outcome: i % 11 === 0 ? 'failed' : 'ok',
      message: null,
      compiled: names.slice(0, 4).map((name) => ({ name, began: 10, ended: 600, took: 590, link: 80 })),
      fresh: names.slice(4),
      link: 240,
      rebuilt: names.slice(0, 4),
      reasons: {},
      problems: { errors: 0, warnings: 0, list: [] },
    };
  }
  const some = names.slice(0, 3);
  return {
    ...base,
    kind: 'reload',
    number: i,
    cause: 'after-build',
    took: 57,
    verdict: 'swapped',
    evidence: 'maps',
    message: 'Swapped some of them.',
    steps: some.flatMap((module) => [
      { module, step: 'unload' as const, at: 13 },
      { module, step: 'load' as const, at: 14 },
    ]),
    swapped: some,
    stayed: [],
    unchanged: [],
    along: [],
    deviations: [],
    disagreements: [],
    lines: [],
    coreFile: null,
    files: [file],
    saved: at - 2000,
    waited: 0,
    plan: {
      rule: 'stack',
      unload: some,
      load: some,
      restart: [],
      leftBehind: [],
      notTaken: [],
      unchanged: [],
      along: [],
      reasons: {},
      findings: [],
    },
    drain: 13,
    firstAnswer: 26,
  };
}

/** What is in use after everything that can go is gone, in bytes. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}

const mb = (values: readonly number[]): string => `${(median(values) / 1e6).toFixed(1)} MB`;
