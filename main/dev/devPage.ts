/** The page while it is developed. Nothing of it is built into the shipped app, which so can't be talked into it. */
import type { PageSource } from '../app/pageSource.ts';
import { contentSecurityPolicy, isOwnUrl, mayLoad, responseHeaders } from '../app/policy.ts';

/** How `npm run dev` tells the app that it starts where the page is. */
export const pageVariables = (port: number, nonce: string) => ({
  HOTDECK_DEV_PORT: String(port),
  HOTDECK_DEV_NONCE: nonce,
});

/** The page of the server that the environment names. Throws where it names none. */
export function devPage(env: NodeJS.ProcessEnv): PageSource {
  const { HOTDECK_DEV_PORT: port = '', HOTDECK_DEV_NONCE: nonce = '' } = env;
  if (!/^\d{1,5}$/.test(port) || !/^[\w-]{16,}$/.test(nonce)) {
    throw new Error('The development build of the app is started by `npm run dev`.');
  }
  const server = `http://127.0.0.1:${port}`;
  const socket = `ws://127.0.0.1:${port}`;
  const headers = { ...responseHeaders, 'Content-Security-Policy': devPolicy(socket, nonce) };
  return {
    async respond(request) {
      if (request.method !== 'GET' || !isOwnUrl(request.url)) {
        return new Response('Not found', { status: 404, headers });
      }
      const { pathname, search } = new URL(request.url);
      const accept = request.headers.get('accept') ?? '*/*';
      const answer = await fetch(`${server}${pathname}${search}`, { headers: { accept } });
      const type = answer.headers.get('content-type') ?? 'application/octet-stream';
      return new Response(answer.body, {
        status: answer.status,
        headers: { ...headers, 'Content-Type': type, 'Cache-Control': 'no-store' },
      });
    },
    mayLoad: (url) => mayLoad(url) || url.startsWith(`${socket}/`),
  };
}

/**
 * The shipped app's policy, and two things more: the inline script by which components are replaced, known by its nonce,
 * and the socket that reports changes.
 */
export function devPolicy(socket: string, nonce: string): string {
  return contentSecurityPolicy
    .replace("script-src 'self'", `script-src 'self' 'nonce-${nonce}'`)
    .replace("connect-src 'self'", `connect-src 'self' ${socket}`);
}
