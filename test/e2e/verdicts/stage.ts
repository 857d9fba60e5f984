/** The app on a copy of the sample whose server runs: what a case may do there, and what came of it. */
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { launchApp } from '../../support/app.ts';
import { noteClaims } from '../../support/claims.ts';
import { withoutTracing } from '../../support/engineChild.ts';
import { temporaryFolder } from '../../support/folders.ts';
import {
  compareMemory,
  keepFiles,
  LIBRARIES,
  type Library,
  lookAtMemory,
  type Whereabouts,
} from '../../support/memory.ts';
import { isRunning } from '../../support/processes.ts';
import {
  buildStatus,
  node,
  planList,
  serverPid,
  serverStatus,
  startServer,
  toolbarReload,
  untilInState,
  untilStatus,
} from '../../support/window.ts';

const PATIENCE_MS = 60_000;
const ON_THE_WAY = ['building', 'unloading', 'loading'];

/** What the window showed and what the memory held. */
export interface Outcome {
  /** The buttons of the alert that came in place of a reload. */
  asked: string[];
  /** The modules that the plan was to load, by package name, when it last had any. */
  planned: string[];
  /** The word on screen; null if there is none. */
  verdict: string | null;
  /** Texts that claimed a swap at any moment. */
  claims: string[];
  screen: Map<Library, string>;
  /** When the verdict came; null where no process was left, or the server hides. */
  memory: Map<Library, Whereabouts> | null;
  hidden: boolean;
  /** It is another process than in the beginning. */
  restarted: boolean;
  server: string;
}

export interface Stage {
  window: Page;
  root: string;
  pid: number;
  url: string;
  /** Changes files, and waits until the app has built them and shows just these modules as stale. */
  edit(change: () => Promise<void>, stale: readonly string[]): Promise<void>;
  reload(): Promise<void>;
  /** Ctrl+C in the server's terminal. */
  interrupt(): Promise<void>;
  /** Waits for an alert with these words, and notes the buttons that it offers. */
  untilAsked(words: RegExp): Promise<Locator>;
  /** Waits for this verdict on screen (null: for none), and looks at the memory then. */
  untilVerdict(verdict: string | null): Promise<void>;
  outcome(): Promise<Outcome>;
}

/**
 * @param fill puts a copy of the sample into a folder, as the case needs it.
 * @param hidden whether that hides its memory maps: then the app must not have the right to see them all the same.
 */
export async function setStage(fill: (root: string) => Promise<void>, hidden: boolean): Promise<Stage> {
  const root = await temporaryFolder();
  await fill(root);
  const launched = await launchApp({ workspace: root, before: hidden ? withoutTracing() : [] });
  onTestFinished(() => launched.close());
  const { window } = launched;
  const { pid, url } = await startServer(window);
  onTestFinished(await keepFiles(root));
  const before = hidden ? null : await lookAtMemory(pid, root);
  const claims = await noteClaims(window);
  const asked: string[] = [];
  let planned: string[] = [];
  let shown: string | null = null;
  let memory: Outcome['memory'] = null;
  let now = pid;

  const verdicts = (): Promise<string[]> =>
    window.getByRole('region', { name: 'Reload plan' }).locator('.verdict').allTextContents();

  return {
    window,
    root,
    pid,
    url,
    async edit(change, stale) {
      await change();
      await untilInState(window, 'stale', stale);
      await untilStatus(buildStatus(window), 'ok');
      planned = (await planList(window, 'Load order')).flatMap((name) => name ?? []);
    },
    reload: () => toolbarReload(window).click(),
    async interrupt() {
      await window.getByRole('tabpanel', { name: 'Server' }).locator('.xterm').click();
      await window.keyboard.press('Control+c');
    },
    async untilAsked(words) {
      const alert = window.getByRole('alert').filter({ hasText: words });
      await alert.waitFor({ timeout: PATIENCE_MS });
      const buttons = await alert.getByRole('button').allTextContents();
      asked.push(...buttons.filter((text) => text !== ''));
      return alert;
    },
    async untilVerdict(verdict) {
      if (verdict === null) expect(await verdicts()).toEqual([]);
      else {
        await expect
          .poll(verdicts, { timeout: PATIENCE_MS })
          .toContainEqual(expect.stringMatching(new RegExp(`^${verdict}\\b`)));
      }
      shown = (await verdicts())[0]?.split(' ·')[0] ?? null;
      now = (await serverPid(window)) || pid;
      memory = before === null || !isRunning(now) ? null : await compareMemory(before, now, root);
    },
    async outcome() {
      const screen = await untilAtRest(window);
      const server = /^\w+/.exec((await serverStatus(window).textContent()) ?? '')?.[0] ?? '';
      return {
        asked,
        planned,
        verdict: shown,
        claims: await claims(),
        screen,
        memory,
        hidden,
        restarted: now !== pid,
        server,
      };
    },
  };
}

/** So many looks have to agree. */
const LOOKS = 3;

/** The state of each library on screen, once nothing is on its way any more and several looks agree. */
async function untilAtRest(window: Page): Promise<Map<Library, string>> {
  let last = '';
  let agreeing = 0;
  let screen = await statesOnScreen(window);
  await expect
    .poll(
      async () => {
        screen = await statesOnScreen(window);
        const text = JSON.stringify([...screen]);
        agreeing = text === last ? agreeing + 1 : 1;
        last = text;
        return agreeing >= LOOKS && ![...screen.values()].some((state) => ON_THE_WAY.includes(state));
      },
      { timeout: PATIENCE_MS, interval: 100 },
    )
    .toBe(true);
  return screen;
}

async function statesOnScreen(window: Page): Promise<Map<Library, string>> {
  const states = LIBRARIES.map(async (library): Promise<[Library, string]> => {
    const found = node(window, `depot_${library}`).first();
    const [state, title] = await Promise.all([found.getAttribute('data-state'), found.getAttribute('title')]);
    return [library, `${state ?? 'missing'}${/: A guess: /.test(title ?? '') ? ' (a guess)' : ''}`];
  });
  return new Map(await Promise.all(states));
}
