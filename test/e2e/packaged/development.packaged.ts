/** What `npm run dev` tells the app is nothing to the packaged one. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { expect, onTestFinished, test } from 'vitest';
import { devPage, pageVariables } from '../../../main/dev/devPage.ts';
import { launchApp } from '../../support/app.ts';

test('the packaged app takes its page from its own files, whatever the environment names', async () => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.setHeader('Content-Type', 'text/html').end('<title>Elsewhere</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const env = { ...pageVariables(port, 'abcdefghijklmnopqrstuv'), HOTDECK_DEV_DEBUG: '1' };
  // The development build would take its page from there.
  await devPage(env).respond(new Request('app://hotdeck/'));
  expect(asked).toBe(1);

  const launched = await launchApp({ packaged: true, env });
  onTestFinished(() => launched.close());
  expect(launched.window.url()).toBe('app://hotdeck/index.html');
  const policy = await launched.window.evaluate(async () =>
    (await fetch('app://hotdeck/index.html')).headers.get('content-security-policy'),
  );
  expect(policy).not.toMatch(/nonce-|ws:/);
  expect(asked).toBe(1);
});

test('nothing of the development build is in the package', () => {
  const archive = join(dirname(process.env.HOTDECK_PACKAGED ?? ''), 'resources', 'app.asar');
  const programs = listPackage(archive, { isPack: false }).filter((file) => /^\/dist\/.*\.c?js$/.test(file));
  expect(programs.length).toBeGreaterThan(5);
  const telling = programs.filter((file) =>
    /HOTDECK_DEV_|@vite\/client/.test(extractFile(archive, file.slice(1)).toString()),
  );
  expect(telling).toEqual([]);
  const built = readFileSync(
    join(import.meta.dirname, '..', '..', '..', 'main', 'dev', 'devPage.ts'),
    'utf8',
  );
  expect(built).toContain('HOTDECK_DEV_');
});
