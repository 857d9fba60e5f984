import { createServer, type IncomingMessage } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { contentSecurityPolicy } from '../../../main/app/policy.ts';
import { devPage, devPolicy, pageVariables } from '../../../main/dev/devPage.ts';

const NONCE = 'abcdefghijklmnopqrstuv';

it('the policy is that of the shipped app, and a nonce and a socket more', () => {
  const shipped = contentSecurityPolicy.split('; ');
  const developed = devPolicy('ws://127.0.0.1:4711', NONCE).split('; ');
  expect(developed.filter((directive) => !shipped.includes(directive))).toEqual([
    `script-src 'self' 'nonce-${NONCE}'`,
    "connect-src 'self' ws://127.0.0.1:4711",
  ]);
  expect(developed).toHaveLength(shipped.length);
});

it.each([
  ['nothing', {}],
  ['a port alone', { HOTDECK_DEV_PORT: '4711' }],
  ['another host', { HOTDECK_DEV_PORT: '4711@example.org', HOTDECK_DEV_NONCE: NONCE }],
  ['a nonce that would add a directive', { HOTDECK_DEV_PORT: '4711', HOTDECK_DEV_NONCE: `${NONCE}'; x` }],
])('an environment with %s names no page', (_what, env) => {
  expect(() => devPage(env)).toThrow('npm run dev');
});

it('may load what the shipped page may, and from the one socket', () => {
  const page = devPage(pageVariables(4711, NONCE));
  expect(page.mayLoad('app://hotdeck/index.html')).toBe(true);
  expect(page.mayLoad('ws://127.0.0.1:4711/?token=x')).toBe(true);
  expect(page.mayLoad('ws://127.0.0.1:47110/')).toBe(false);
  expect(page.mayLoad('http://127.0.0.1:4711/index.html')).toBe(false);
  expect(page.mayLoad('https://example.org/')).toBe(false);
});

/** A server that answers with what it was asked for. */
async function echo(): Promise<{ port: number; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.setHeader('Content-Type', 'text/javascript').end(request.url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, asked };
}

it('hands a request for a file of the page on, and answers under the policy', async () => {
  const { port, asked } = await echo();
  const page = devPage(pageVariables(port, NONCE));
  const answer = await page.respond(new Request('app://hotdeck/@vite/client?t=1'));
  expect(await answer.text()).toBe('/@vite/client?t=1');
  expect(answer.headers.get('content-type')).toBe('text/javascript');
  expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${NONCE}'`);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');

  for (const request of [
    new Request('app://elsewhere/index.html'),
    new Request('app://hotdeck/index.html', { method: 'POST', body: 'x' }),
  ]) {
    expect((await page.respond(request)).status).toBe(404);
  }
  expect(asked).toHaveLength(1);
});
