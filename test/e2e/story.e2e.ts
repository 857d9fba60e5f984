/**
 * One day of work in the window: edits, a build that fails, its repair, reloads, crashes and restarts. The record of it is
 * complete, in order and true: held against the server's own log, the kernel, cargo's `--timings` and rustc's words.
 */
import { expect, test } from 'vitest';
import { evidence } from '../support/app.ts';
import { storedRuns } from '../support/logs.ts';
import { checkBuilds, type ExpectedBuild } from './story/builds.ts';
import { readKept } from './story/kept.ts';
import { checkLives } from './story/lives.ts';
import {
  edit,
  kill,
  openPlay,
  reload,
  shutDown,
  spoil,
  standingOf,
  startBy,
  tellServer,
} from './story/play.ts';
import { checkReloads } from './story/reloads.ts';
import { rustcSays } from './story/rustc.ts';
import { readLives } from './story/serverLog.ts';
import { checkOrder, checkShown, outline } from './story/shown.ts';
import { clock } from './story/times.ts';
import { walkThrough } from './story/walk.ts';

const API = ['depot_admin', 'depot_api', 'depot_router'];
const SERVICE = [...API, 'depot_service'];
const ALL = ['depot', ...SERVICE, 'depot_core', 'depot_database'];
const DOWN = ['depot_router', 'depot_admin', 'depot_api'];

const [API_FILE, SERVICE_FILE] = ['api/src/lib.rs', 'service/src/lib.rs'];
const greet = (text: string) => (source: string) =>
  source.replace(/GREETING: &str = "[^"]*"/, `GREETING: &str = "${text}"`);

/** All of it, in the words of the list, the first first. */
const STORY = [
  'build ok, TIME, 7 modules, for the start',
  'server started, process PID',
  'server ready after TIME',
  `edit: ${SERVICE_FILE}`,
  `build ok, TIME, 4 modules, because ${SERVICE_FILE} changed`,
  `reload 1: 4 modules, TIME, because ${SERVICE_FILE} changed`,
  `edit: ${API_FILE}`,
  `build failed, TIME, 1 error, because ${API_FILE} changed`,
  `edit: ${API_FILE}`,
  `build ok, TIME, 3 modules, because ${API_FILE} changed`,
  `reload 2: 3 modules, TIME, because ${API_FILE} changed`,
  'server crashed after TIME (SIGABRT)',
  'edit: hotdeck.json',
  'build ok, TIME, nothing was rebuilt, because hotdeck.json changed',
  'server started, process PID',
  'server ready after TIME',
  `edit: ${API_FILE}`,
  `build ok, TIME, 3 modules, because ${API_FILE} changed`,
  `reload 3: crashed, TIME, because ${API_FILE} changed`,
  'server crashed after TIME (SIGSEGV)',
  'edit: hotdeck.json',
  'build ok, TIME, nothing was rebuilt, because hotdeck.json changed',
  'server started, process PID',
  'server ready after TIME',
  'server stopped after TIME (exit code 0)',
  'server started, process PID',
  'server ready after TIME',
  'server stopped after TIME (exit code 0)',
];

const SETTINGS: ExpectedBuild = { trigger: 'edit', files: ['hotdeck.json'], compiled: [], stale: [] };
const BUILDS: ExpectedBuild[] = [
  { trigger: 'start', files: [], compiled: ALL, stale: [] },
  { trigger: 'edit', files: [SERVICE_FILE], compiled: SERVICE, stale: SERVICE },
  {
    trigger: 'edit',
    files: [API_FILE],
    compiled: ['depot_admin', 'depot_api'],
    stale: ['depot_admin', 'depot_api'],
    failed: 'depot_router',
  },
  { trigger: 'edit', files: [API_FILE], compiled: API, stale: API },
  SETTINGS,
  { trigger: 'edit', files: [API_FILE], compiled: API, stale: API },
  SETTINGS,
];

test('edits, a failed build, its repair, reloads, crashes, restarts: complete, in order and true', async () => {
  const play = await openPlay();
  const { window, root, data, log } = play;
  await startBy(play, 'Start', true);
  await edit(play, SERVICE_FILE, greet('A first edit'), SERVICE);
  await reload(play, 'swapped');

  // Router no longer finds what it uses of api.
  await spoil(play, API_FILE, (text) => greet('Broken')(text).replace('pub fn page(', 'pub fn text('));
  const broken = await standingOf(play, /^Broken since/);
  const said = await rustcSays(root);
  await edit(play, API_FILE, (text) => greet('Mended')(text).replace('pub fn text(', 'pub fn page('), API);
  const mended = await standingOf(play, /^OK since/);
  await reload(play, 'swapped');

  await kill(play, 'SIGABRT');
  const crashed = await standingOf(play, /^Broken since/);
  await tellServer(play, { DEPOT_COPY: log, DEPOT_FAIL: 'crash' });
  await startBy(play, 'Start');
  await edit(play, API_FILE, greet('The last one'), API);
  await reload(play, 'crashed');
  await tellServer(play, { DEPOT_COPY: log });
  await startBy(play, 'Start');
  await startBy(play, 'Restart');
  await shutDown(play);

  const shown = await walkThrough(window, /^server stopped/);
  await evidence(window, 'story');
  expect(shown.map(outline)).toEqual(STORY);
  const kept = await readKept(play);
  expect(play.complaints).toEqual([]);
  await play.close();
  expect(await readKept(play)).toEqual(kept);

  checkShown(shown, kept);
  checkOrder(kept, play);
  const lives = await readLives(log);
  await checkLives(kept, play, lives, ['SIGABRT', 'SIGSEGV', 0, 0]);
  await checkBuilds(kept, play, BUILDS, said);
  checkReloads(kept, play, lives, [
    { verdict: 'swapped', unload: [...DOWN, 'depot_service'], edit: 0 },
    { verdict: 'swapped', unload: DOWN, edit: 1 },
    { verdict: 'crashed', unload: DOWN, edit: 4 },
  ]);
  // Of each run that is stored there is a record.
  const runs = new Set(kept.flatMap(({ run }) => run ?? []));
  expect([...runs].sort()).toEqual((await storedRuns(data)).sort());

  // Since when it was broken, and well again.
  const since = (record: number): string => `${clock(kept[record]?.at ?? 0)} (${shown[record]?.text})`;
  expect([broken, mended, crashed]).toEqual([
    `Broken since ${since(7)}`,
    `OK since ${since(9)}`,
    `Broken since ${since(11)}`,
  ]);
});
