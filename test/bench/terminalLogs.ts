/**
 * From a program's write to the terminal that has read it: through the pty, the engine (which stores every byte on the way),
 * the bridge and the window; against the same text given to a bare terminal in the same page.
 */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ElectronApplication } from 'playwright-core';
import { type LaunchedApp, launchApp } from '../support/app.ts';
import { printBytes, writePrinter } from '../support/fixtures/printer.ts';
import { residentBytes } from '../support/processes.ts';
import { bareTerminal } from './bareTerminal.ts';
import { byHandEnvironment } from './byHand.ts';
import { benchDisplay } from './display.ts';
import { logLines } from './logLines.ts';
import { reportPairs } from './statistics.ts';

const LINES = 100_000;
const PAIRS = 7;
const ASKED_ROUNDS = 3;
/** In lots, as nobody has them all in one file. */
const MEMORY_LOTS = 10;

export async function benchTerminalLogs(): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-bench-')));
  const [root, printer] = [join(folder, 'workspace'), join(folder, 'printer')];
  const display = await benchDisplay();
  let launched: LaunchedApp | null = null;
  try {
    await mkdir(printer);
    await writePrinter(root, printer);
    await promisify(execFile)('cargo', ['build', '-q'], { cwd: root, env: byHandEnvironment });
    launched = await launchApp({ workspace: root, userData: join(folder, 'data') });
    await launched.window.getByRole('button', { name: 'Start', exact: true }).click();
    await launched.window
      .getByLabel('Server status', { exact: true })
      .getByText(/^running/)
      .waitFor();
    await measureMemory(launched, printer);
    await measurePairs(launched, printer);
    await measureAnswers(launched, printer);
  } finally {
    await launched?.close();
    await display.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureMemory({ app }: LaunchedApp, printer: string): Promise<void> {
  const { engine, page } = await processes(app);
  const megabytes = (pid: number): string => `${Math.round(residentBytes(pid) / 1e6)} MB`;
  const before = { engine: megabytes(engine), page: megabytes(page) };
  let took = 0;
  let bytes = 0;
  for (let lot = 0; lot < MEMORY_LOTS; lot += 1) {
    const lines = logLines(lot * LINES, LINES);
    bytes += lines.length;
    took += await printBytes(printer, lines);
  }
  console.log(
    `\n${(MEMORY_LOTS * LINES).toLocaleString('en')} lines, ${Math.round(bytes / 1e6)} MB, in ${(took / 1000).toFixed(1)} s: resident`,
  );
  console.log(`  engine    ${before.engine} before, ${megabytes(engine)} after`);
  console.log(`  page      ${before.page} before, ${megabytes(page)} after`);
}

async function measurePairs({ app, window }: LaunchedApp, printer: string): Promise<void> {
  const { engine, page } = await processes(app);
  const lines = logLines(0, LINES);
  const bare = await bareTerminal(window, lines.toString());
  const [ours, rival]: [number[], number[]] = [[], []];
  const used = { engine: 0, page: 0, bare: 0 };
  // The first round of each warms up and is not counted.
  for (let round = 0; round <= PAIRS; round += 1) {
    const atFirst = [cpuMs(engine), cpuMs(page)] as const;
    const own = await printBytes(printer, lines);
    const between = [cpuMs(engine), cpuMs(page)] as const;
    const other = await bare.write();
    if (round === 0) continue;
    ours.push(own);
    rival.push(other);
    used.engine += (between[0] - atFirst[0]) / PAIRS;
    used.page += (between[1] - atFirst[1]) / PAIRS;
    used.bare += (cpuMs(page) - between[1]) / PAIRS;
  }
  const megabytes = lines.length / 1e6;
  reportPairs(
    `${megabytes.toFixed(1)} MB of log from a program to the terminal (${bare.columns} x ${bare.rows})`,
    'bare   ',
    ours,
    rival,
  );
  const rate = (all: readonly number[]): string =>
    `${((megabytes * all.length * 1000) / all.reduce((sum, each) => sum + each, 0)).toFixed(1)} MB/s`;
  console.log(`  throughput ${rate(ours)} against ${rate(rival)}`);
  console.log(
    `  processor time of a round: engine ${used.engine.toFixed(0)} ms, page ${used.page.toFixed(0)} ms; bare ${used.bare.toFixed(0)} ms`,
  );
}

/** What a click comes to while a flood is drawn: from the window to the engine, and back into the window's own code. */
async function measureAnswers({ window: page }: LaunchedApp, printer: string): Promise<void> {
  const asking = page.evaluate(async () => {
    const took: number[] = [];
    document.documentElement.dataset.asking = 'true';
    while (document.documentElement.dataset.asking === 'true') {
      const began = performance.now();
      const reply = await window.hotdeck.request('setAuto', {});
      if (!reply.ok) throw new Error(reply.failure.message);
      took.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return took;
  });
  for (let round = 0; round < ASKED_ROUNDS; round += 1) await printBytes(printer, logLines(0, LINES));
  await page.evaluate(() => {
    document.documentElement.dataset.asking = 'false';
  });
  const took = (await asking).sort((a, b) => a - b);
  const at = (part: number): string => (took[Math.floor(part * (took.length - 1))] ?? 0).toFixed(0);
  console.log(`\n${took.length} requests during such floods are answered after`);
  console.log(`  median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, longest ${at(1)} ms`);
}

async function processes(app: ElectronApplication): Promise<{ engine: number; page: number }> {
  const all = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ pid, type, name }) => ({ pid, type, name })),
  );
  const engine = all.find(({ name }) => name === 'hotdeck-engine')?.pid;
  const page = all.find(({ type }) => type === 'Tab')?.pid;
  if (engine === undefined || page === undefined) throw new Error('The app has no engine, or no page.');
  return { engine, page };
}

/** Processor time that a process has used, the kernel's part included. A tick is 10 ms. */
function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
