/** At every width, in every state: no control of the toolbar is covered or cut off, and nothing jumps when a build begins. */
import type { ElectronApplication, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import type { BuildState, SessionState } from '#shared/contract.ts';
import { minimumSize } from '../../main/app/placement.ts';
import { evidence, launchApp } from '../support/app.ts';
import { coveredIn } from '../support/overlaps.ts';
import { playEngine } from '../support/playedEngine.ts';
import { A_KIND } from '../support/session.ts';
import { noPlan, session } from '../unit/renderer/fixtures.ts';
import { aCheck } from '../unit/renderer/setup/report.ts';

const TEXTS = '.workspace-name, .pill-title, .pill-value > strong, .pill-value > [role="timer"], .badge';
const WIDTHS = [
  ...Array.from({ length: 13 }, (_, i) => minimumSize.width + 40 * i),
  1270,
  1271,
  1500,
  1700,
  1920,
];

const LONG = 'a-crate-with-a-really-long-name-as-generated-ones-have';
const building = (parts: Partial<Extract<BuildState, { name: 'building' }>> = {}): BuildState => ({
  name: 'building',
  since: Date.now() - 754_000,
  done: 1234,
  of: 1300,
  crates: [LONG, 'b', 'c'],
  usual: { low: 65_000, high: 754_000 },
  trigger: 'api/src/lib.rs',
  ...parts,
});
const many = (count: number): SessionState['plan'] => ({
  ...noPlan,
  unload: Array.from({ length: count }, (_, i) => `m${i}`),
  findings: [
    {
      kind: 'undefined-symbol',
      severity: 'blocking',
      module: 'm0',
      message: 'It lacks a symbol.',
      remedy: null,
      details: [],
    },
  ],
});
const longest = {
  workspace: {
    root: '/w',
    name: 'workspace-of-a-team-that-likes-long-names',
    profile: 'generic',
    newness: 'file-identity',
    reload: { by: 'signal', signal: 'SIGINT' },
    settings: [],
    kind: A_KIND,
  },
  server: { name: 'reloading', pid: 4_194_304, since: Date.now() - 36_000_000 },
  plan: many(1300),
  suspended: ['api/src/generated.rs'],
} as const satisfies Partial<SessionState>;

const STATES: Record<string, Partial<SessionState>> = {
  'at rest': {},
  stopped: { server: { name: 'stopped' } },
  building: { build: building({ crates: ['api'], done: 1, of: 3, usual: null }) },
  'building, suspended': { build: building(), suspended: ['a.rs'] },
  'failed, suspended': {
    build: { name: 'failed', took: 754_000, at: 0, errors: 1234 },
    suspended: ['a.rs'],
  },
  'stopping, ok, suspended': {
    server: { name: 'stopping', pid: 4_194_304, since: 0, signal: 'SIGTERM', until: Date.now() + 900_000 },
    build: { name: 'ok', took: 754_000, at: 0, rebuilt: [] },
    suspended: ['a.rs'],
  },
  waiting: {
    build: building({
      waiting: {
        for: 'rust-analyzer',
        since: Date.now() - 12_000,
        message:
          'The build is waiting for the lock on the build directory, held by rust-analyzer (cargo check, process 7).',
        remedy: 'Set rust-analyzer.cargo.targetDir to true in your editor.',
      },
    }),
  },
  'crashed, building': {
    server: { name: 'crashed', code: null, signal: 'SIGSEGV', at: 0 },
    build: building(),
  },
  'all that is long, building': { ...longest, build: building() },
  'all that is long, at rest': { ...longest, build: { name: 'idle' } },
};

async function resize(app: ElectronApplication, window: Page, width: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setContentSize(to, 800),
    width,
  );
  await window.waitForFunction((to) => innerWidth === to, width);
}

test('no control is covered or cut off, and the head is as high while a build runs as before', async () => {
  const { app, window, close } = await launchApp();
  onTestFinished(close);
  const problems = Array.from({ length: 12 }, (_, i) => aCheck({ id: `${i}`, state: 'problem' }));
  const engine = await playEngine(app, window, problems);
  await engine.show(session());
  const badge = window.getByRole('banner').getByRole('button', { name: 'Set up' }).getByText('12');
  await badge.waitFor();

  const wrong: Record<string, string[]> = {};
  for (const width of WIDTHS) {
    await resize(app, window, width);
    const heights = new Set<number>();
    for (const [name, parts] of Object.entries(STATES)) {
      await engine.show(session(parts));
      const found = await coveredIn(window, 'header.toolbar', TEXTS);
      if (found.length > 0) wrong[`${width}, ${name}`] = found;
      heights.add(await window.locator('header.toolbar').evaluate((head) => head.clientHeight));
    }
    if (heights.size > 1) wrong[`${width}`] = [`heights ${[...heights].join(', ')}`];
  }
  expect(wrong).toEqual({});
  expect(await badge.count()).toBe(1);

  for (const width of [minimumSize.width, 1280]) {
    await resize(app, window, width);
    for (const colorScheme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme });
      for (const name of ['building', 'building, suspended', 'waiting', 'all that is long, building']) {
        await engine.show(session(STATES[name]));
        await evidence(window, `toolbar-${width}-${name}-${colorScheme}`);
      }
    }
  }
});

test('zoomed in to 200 % every control can be pressed', async () => {
  const { app, window, close } = await launchApp();
  onTestFinished(close);
  const engine = await playEngine(app, window, []);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2));
  await window.waitForFunction(() => innerWidth < 700);
  for (const [name, parts] of Object.entries(STATES)) {
    await engine.show(session(parts));
    expect(await coveredIn(window, 'header.toolbar', TEXTS), name).toEqual([]);
  }
});
