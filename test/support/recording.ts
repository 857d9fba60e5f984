/**
 * `npm run recording`: the moving picture in the README, `docs/reload.webp`. Plays an edit, a build and a reload of the
 * sample in the real app, and keeps what the page draws meanwhile. Waits are shortened; nothing else is changed.
 */
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { benchDisplay } from '../bench/display.ts';
import { launchApp } from './app.ts';
import { copySample, setGreeting } from './fixtures/sample.ts';
import { Screencast } from './screencast.ts';
import { nodeState, statusWord } from './statusWord.ts';

const WIDTH = 1100;

/** Shows a line of text over the lower edge of the window, as the picture has no other words of its own. */
async function caption(window: Page, text: string): Promise<void> {
  await window.evaluate((words) => {
    const id = 'recording-caption';
    const element = document.getElementById(id) ?? document.body.appendChild(document.createElement('div'));
    element.id = id;
    Object.assign(element.style, {
      position: 'fixed',
      zIndex: '1000',
      left: '50%',
      bottom: '18px',
      transform: 'translateX(-50%)',
      padding: '10px 20px',
      borderRadius: '10px',
      background: 'rgb(0 0 0 / 0.85)',
      color: 'white',
      font: '500 20px system-ui, sans-serif',
      whiteSpace: 'nowrap',
      pointerEvents: 'none',
    });
    element.textContent = words;
  }, text);
}

async function play(window: Page, root: string, pause: (ms: number) => Promise<void>): Promise<void> {
  await caption(window, 'A server that opens its modules while it runs');
  await pause(1800);
  await caption(window, 'Save api/src/lib.rs: Hotdeck builds');
  await setGreeting(root, 'api', 'Hello from a reloaded api');
  await nodeState(window, 'depot_router', 'stale');
  await statusWord(window, 'Build status', 'ok');
  await caption(window, 'Three modules are stale. The plan shows what a reload will do, and why');
  await pause(3200);
  await caption(window, 'Reload api');
  const reload = window
    .getByRole('region', { name: 'Module graph' })
    .getByRole('button', { name: 'Reload api' });
  await reload.hover();
  await pause(900);
  await reload.click();
  await nodeState(window, 'depot_router', 'loaded');
  await caption(window, 'Swapped: the same process runs the new code, as its memory maps show');
  await pause(4000);
}

const folder = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-recording-')));
const root = join(folder, 'depot');
await copySample(root);
const display = await benchDisplay();
const launched = await launchApp({ workspace: root });
try {
  const { window } = launched;
  await window.getByRole('button', { name: 'Start', exact: true }).click();
  await statusWord(window, 'Server status', 'running');
  await statusWord(window, 'Build status', 'ok');
  const screencast = await Screencast.start(window);
  await play(window, root, (ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  const frames = await screencast.stop();
  const small = await Promise.all(
    frames.map(({ image }) => sharp(image).resize({ width: WIDTH }).png().toBuffer()),
  );
  const picture = await sharp(small, { join: { animated: true } })
    .webp({ delay: frames.map(({ ms }) => ms), loop: 0, quality: 80, effort: 6, minSize: true })
    .toBuffer();
  const path = join(checkoutRoot(), 'docs', 'reload.webp');
  await writeFile(path, picture);
  console.log(`${path}: ${frames.length} frames, ${Math.round(picture.length / 1024)} KB`);
} finally {
  await launched.close();
  await display.stop();
  await rm(folder, { recursive: true, force: true });
}
