/**
 * A thousand reloads in a row on the real sample, by the engine alone in this process: each has to end in "swapped",
 * the last hundred may be no slower than the first, and nothing may pile up, neither here nor in the server. Beside
 * every tenth runs the same reload by hand: the signal sent by kill(2), over when the server's log says "Listening".
 */
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LastReload } from '#shared/contract.ts';
import { renewArtifacts } from '../../main/engine/session/reload/renew.ts';
import { type EngineClient, runningPid, startEngine } from '../support/engine.ts';
import { copySample } from '../support/fixtures/sample.ts';
import { buildByHand, spawnByHand } from './byHand.ts';
import { awake, type Footprint, footprint, usedAfterCollection } from './footprint.ts';
import { median, reportPairs, spread } from './statistics.ts';

const RELOADS = 1_000;
const WARM_UP = 20;
const WINDOW = 100;
const RIVAL_EVERY = 10;
const STACK = ['database', 'service', 'api', 'admin', 'router'];
/** How many modules from the top are given new files; none: "Reload anyway" has to do that itself. */
const DEPTHS = [1, 3, 5, 2, 0];

const libraries = (root: string, depth: number): string[] =>
  STACK.slice(STACK.length - depth).map((name) => join(root, `target/debug/libdepot_${name}.so`));

async function renew(root: string, depth: number): Promise<void> {
  const renewed = await renewArtifacts(libraries(root, depth), 'file-identity');
  if (!renewed.ok) throw new Error(renewed.failure.message);
}

async function reload(client: EngineClient, root: string, depth: number): Promise<LastReload> {
  await renew(root, depth);
  const before = client.session.lastReload?.number ?? 0;
  // The files are new, their code is not: nothing is stale, so it takes an "anyway".
  const reply = await client.request('reload', { anyway: true });
  const { lastReload } = client.session;
  if (!reply.ok) throw new Error(reply.failure.message);
  const swapped = depth === 0 ? STACK.length : depth;
  if (lastReload?.number !== before + 1 || lastReload.verdict !== 'swapped')
    throw new Error(`Not swapped: ${JSON.stringify(lastReload)}`);
  if (lastReload.swapped.length !== swapped)
    throw new Error(`Swapped ${lastReload.swapped}, not ${swapped} modules.`);
  return lastReload;
}

/** ms from the signal to the line. */
async function reloadByHand(server: ChildProcess): Promise<number> {
  let began = 0;
  await untilListening(server, () => {
    began = performance.now();
    server.kill('SIGINT');
  });
  return performance.now() - began;
}

/** Sets something off, and waits for the log line that says that the server serves. */
function untilListening(server: ChildProcess, begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const { stdout } = server;
    const ended = (): void => reject(new Error('The server that is reloaded by hand has ended.'));
    let text = '';
    const look = (chunk: Buffer): void => {
      text += chunk;
      if (!text.includes('Listening')) return;
      stdout?.off('data', look);
      server.off('exit', ended);
      resolve();
    };
    stdout?.on('data', look);
    server.once('exit', ended);
    begin();
  });
}

interface Holdings {
  used: { heap: number; buffers: number };
  /** Characters of the server's terminal until now. The engine keeps the latest of them for windows to come. */
  log: number;
  engine: Footprint;
  server: Footprint;
  awake: string;
}

function holdings(client: EngineClient, root: string): Holdings {
  return {
    used: usedAfterCollection(),
    log: client.received('server'),
    engine: footprint(process.pid, root),
    server: footprint(runningPid(client.session), root),
    awake: Object.entries(awake())
      .map(([kind, count]) => `${kind} ${count}`)
      .sort()
      .join(', '),
  };
}

/** A reload: from the signal to the verdict; and with what comes before, the new files among it. In ms. */
interface Round {
  took: number;
  whole: number;
  /** The same reload by hand, where there was one: from the signal to the log line. */
  byHand: number | null;
}

async function measure(
  client: EngineClient,
  byHand: ChildProcess,
  roots: { ours: string; theirs: string },
  round: number,
): Promise<Round> {
  const depth = DEPTHS[(round + WARM_UP) % DEPTHS.length] ?? 1;
  const began = performance.now();
  const { took } = await reload(client, roots.ours, depth);
  const whole = performance.now() - began;
  const rival = round % RIVAL_EVERY === 1;
  if (rival) await renew(roots.theirs, depth);
  return { took: took ?? Number.NaN, whole, byHand: rival ? await reloadByHand(byHand) : null };
}

/** Prints the figures; throws at the first reload that is not swapped. */
export async function benchReloads(reloads = RELOADS): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-bench-')));
  const roots = { ours: join(folder, 'ours'), theirs: join(folder, 'theirs') };
  const client = startEngine(process.env, { keep: 10_000 });
  let byHand: ChildProcess | null = null;
  try {
    for (const root of [roots.ours, roots.theirs]) {
      await copySample(root);
      await buildByHand(root);
    }
    await client.open(roots.ours, { buildOnSave: false });
    await client.request('start', {});
    await client.until('running', ({ server }) => server.name === 'running');
    byHand = await spawnByHand(roots.theirs, ['ignore', 'pipe', 'ignore']);
    await untilListening(byHand, () => {});
    for (let round = -WARM_UP; round < 0; round += 1) await measure(client, byHand, roots, round);
    const before = holdings(client, roots.ours);
    const rounds: Round[] = [];
    for (let round = 0; round < reloads; round += 1) rounds.push(await measure(client, byHand, roots, round));
    report(rounds);
    reportHoldings(before, holdings(client, roots.ours), reloads);
    const pairs = rounds.flatMap(({ took, byHand: rival }) => (rival === null ? [] : [{ took, rival }]));
    const [ours, theirs] = [pairs.map(({ took }) => took), pairs.map(({ rival }) => rival)];
    reportPairs('One reload, from the signal to its end', 'by hand', ours, theirs);
  } finally {
    byHand?.kill('SIGKILL');
    await client.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function report(rounds: readonly Round[]): void {
  const [first, last] = [rounds.slice(0, WINDOW), rounds.slice(-WINDOW)];
  const middle = (some: readonly Round[], pick: (round: Round) => number | null): number =>
    median(some.flatMap((round) => pick(round) ?? []));
  const line = (what: string, pick: (round: Round) => number | null): void => {
    const [early, late] = [middle(first, pick), middle(last, pick)];
    console.log(
      `  ${what.padEnd(24)}${early.toFixed(1)} ms in the first ${WINDOW}, ${late.toFixed(1)} ms in the last   ratio ${(late / early).toFixed(2)}`,
    );
  };
  console.log(`\n${rounds.length} reloads in a row, each of them swapped`);
  console.log(`  signal to verdict       ${spread(rounds.map(({ took }) => took))}`);
  console.log(`  with new files before   ${spread(rounds.map(({ whole }) => whole))}`);
  line('signal to verdict', ({ took }) => took);
  line('with new files before', ({ whole }) => whole);
  line('by hand meanwhile', ({ byHand }) => byHand);
}

function reportHoldings(before: Holdings, after: Holdings, reloads: number): void {
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  const line = (what: string, show: (holdings: Holdings) => string | number): void =>
    console.log(`  ${what.padEnd(24)}${show(before)} before, ${show(after)} after`);
  line('heap, collected', ({ used }) => megabytes(used.heap));
  line('buffers, collected', ({ used }) => megabytes(used.buffers));
  const each = (amount: number): number => Math.round(amount / reloads);
  console.log(
    `  ${'a reload leaves there'.padEnd(24)}${each(after.used.heap - before.used.heap)} bytes of heap, and its log has ${each(after.log - before.log)}`,
  );
  line('resident', ({ engine }) => megabytes(engine.resident));
  line('open files', ({ engine }) => engine.files);
  line('awake for', ({ awake: kinds }) => kinds);
  line('server: resident', ({ server }) => megabytes(server.resident));
  line('server: open files', ({ server }) => server.files);
  line('server: mappings', ({ server }) => server.mappings);
  line('server: its images', ({ server }) => server.images);
}
