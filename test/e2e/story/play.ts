/** A workspace in the real window: what its user does there, and what the test sees of that by itself. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { launchApp } from '../../support/app.ts';
import { copySample, setEnvironment } from '../../support/fixtures/sample.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { entryTexts, historyTab, standing } from '../../support/historyTab.ts';
import { compareMemory, LIBRARIES, type Library, lookAtMemory } from '../../support/memory.ts';
import { startedAt } from '../../support/processes.ts';
import {
  buildStatus,
  button,
  planText,
  serverPid,
  serverStatus,
  toolbarReload,
  untilInState,
  untilStatus,
} from '../../support/window.ts';

const SETTINGS_FILE = 'hotdeck.json';
const TICK_MS = 5;
const PATIENCE_MS = 60_000;

/** Between which two moments something was done; ms since the epoch, as all times here. */
interface Done {
  from: number;
  to: number;
}

/** What the test itself saw happen, in order. */
interface Seen {
  saves: (Done & { file: string })[];
  /** What the window's head said of each build when it was over. */
  builds: string[];
  /** The servers: by the kernel. */
  lives: { pid: number; began: number; asked: number }[];
  /** And what they brought into the memory: by its maps, and bottom-up. */
  reloads: (Done & { brought: Library[] })[];
  kills: Done[];
  /** When the end of a server was asked for in the window, and when it was gone. */
  ends: Done[];
}

export interface Play {
  readonly window: Page;
  readonly root: string;
  readonly data: string;
  /** The server's own log, of all its lives. */
  readonly log: string;
  readonly seen: Seen;
  readonly complaints: string[];
  /** How long this process itself had to wait for its turn, at the most but for one in a hundred times; ms. */
  held(): number;
  close(): Promise<void>;
}

/** Opens a copy of the sample that was never built. Its server writes its log to a file as well; cargo writes its figures. */
export async function openPlay(): Promise<Play> {
  const [root, data] = [await temporaryFolder('hotdeck-story'), await temporaryFolder('hotdeck-story-data')];
  const log = join(data, 'server.log');
  await copySample(root);
  await setEnvironment(root, { DEPOT_COPY: log }, { build: { arguments: ['--timings'] } });
  const { window, complaints, close } = await launchApp({ workspace: root, userData: data });
  onTestFinished(close);
  const delay = monitorEventLoopDelay({ resolution: TICK_MS });
  delay.enable();
  onTestFinished(() => void delay.disable());
  const held = () => Math.max(0, delay.percentile(99) / 1e6 - TICK_MS);
  const seen: Seen = { saves: [], builds: [], lives: [], reloads: [], kills: [], ends: [] };
  return { window, root, data, log, seen, complaints, held, close };
}

/** A build is over, as the window says. */
async function noteBuild({ window, seen }: Play, word: 'ok' | 'failed'): Promise<void> {
  seen.builds.push(await untilStatus(buildStatus(window), word));
}

/** Presses a button that starts a server, and waits until it serves. */
export async function startBy(play: Play, name: 'Start' | 'Restart', builds = false): Promise<void> {
  const { window, seen } = play;
  const before = seen.lives.at(-1)?.pid ?? null;
  const asked = Date.now();
  await button(window, name).click();
  await expect.poll(() => serverPid(window), { timeout: PATIENCE_MS }).not.toBeOneOf([before, Number.NaN]);
  const pid = await serverPid(window);
  await untilStatus(serverStatus(window), 'running');
  seen.lives.push({ pid, asked, began: startedAt(pid) });
  if (name === 'Restart') seen.ends.push({ from: asked, to: startedAt(pid) });
  if (builds) await noteBuild(play, 'ok');
}

/** Saves a file as many editors do: another one in its place, in one step. */
async function save(play: Play, file: string, change: (text: string) => string): Promise<void> {
  const { root, data, seen } = play;
  const [path, draft] = [join(root, file), join(data, 'draft')];
  const [text, from] = [await readFile(path, 'utf8'), Date.now()];
  const changed = change(text);
  if (changed === text) throw new Error(`Nothing has changed in ${file}.`);
  await writeFile(draft, changed);
  await rename(draft, path);
  seen.saves.push({ file, from, to: Date.now() });
}

/** Saves a source, and waits until it is built: then just these modules are stale. */
export async function edit(
  play: Play,
  file: string,
  change: (text: string) => string,
  stale: readonly string[],
): Promise<void> {
  await save(play, file, change);
  await untilInState(play.window, 'stale', stale);
  await noteBuild(play, 'ok');
}

/** Saves a source that can't be compiled. */
export async function spoil(play: Play, file: string, change: (text: string) => string): Promise<void> {
  await save(play, file, change);
  await noteBuild(play, 'failed');
}

/** Has the server be started otherwise from now on, and waits until that was taken in: a build with nothing to do. */
export async function tellServer(play: Play, environment: Record<string, string>): Promise<void> {
  await save(play, SETTINGS_FILE, (text) => `${JSON.stringify({ ...JSON.parse(text), environment })}\n`);
  await expect
    .poll(() => entryTexts(play.window).then(([first]) => first), { timeout: PATIENCE_MS })
    .toMatch(/^build ok, .*hotdeck\.json changed$/);
  await noteBuild(play, 'ok');
}

/** Presses Reload, and waits for this verdict. */
export async function reload(play: Play, verdict: 'swapped' | 'crashed'): Promise<void> {
  const { window, root, seen } = play;
  const pid = await serverPid(window);
  const before = await lookAtMemory(pid, root);
  const from = Date.now();
  await toolbarReload(window).click();
  const isOver = new RegExp(`${verdict}.*reload ${seen.reloads.length + 1} `);
  await expect.poll(() => planText(window), { timeout: PATIENCE_MS }).toMatch(isOver);
  await untilStatus(serverStatus(window), verdict === 'crashed' ? 'crashed' : 'running');
  const to = Date.now();
  const memory = verdict === 'crashed' ? new Map() : await compareMemory(before, pid, root);
  seen.reloads.push({ from, to, brought: LIBRARIES.filter((library) => memory.get(library) === 'new') });
}

/** Ends the server from outside. */
export async function kill(play: Play, signal: NodeJS.Signals): Promise<void> {
  const { window, seen } = play;
  const from = Date.now();
  process.kill(await serverPid(window), signal);
  seen.kills.push({ from, to: Date.now() });
  await untilStatus(serverStatus(window), `crashed`);
}

export async function shutDown({ window, seen }: Play): Promise<void> {
  const from = Date.now();
  await button(window, 'Shut down').click();
  await untilStatus(serverStatus(window), 'stopped');
  seen.ends.push({ from, to: Date.now() });
}

/** What the line at the top of the history says, once it begins like this. */
export async function standingOf({ window }: Play, begins: RegExp): Promise<string> {
  await historyTab(window).click();
  await expect.poll(() => standing(window).textContent(), { timeout: PATIENCE_MS }).toMatch(begins);
  return (await standing(window).textContent()) ?? '';
}
