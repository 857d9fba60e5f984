import { randomBytes } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'vite';
import { pageVariables } from './devPage.ts';

export interface PageServer {
  /** Tells the app where its page is. */
  readonly environment: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** Starts vite's server for the page: modules one by one, replaced in the running page when their files change. */
export async function startPageServer(root: string): Promise<PageServer> {
  // The page stays at app://hotdeck, which has no port: vite's client has to be given the one of its socket.
  const port = await freePort();
  const nonce = randomBytes(16).toString('base64url');
  const server = await createServer({
    configFile: join(root, 'vite.config.ts'),
    cacheDir: join(root, 'dist', 'dev', 'vite'),
    logLevel: 'warn',
    clearScreen: false,
    html: { cspNonce: nonce },
    server: {
      host: HOST,
      port,
      strictPort: true,
      hmr: { protocol: 'ws', host: HOST, clientPort: port },
      // In a git worktree the modules may be a link to another checkout's.
      fs: { allow: [root, await realpath(join(root, 'node_modules'))] },
    },
  });
  await server.listen();
  return { environment: pageVariables(port, nonce), close: () => server.close() };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createNetServer();
    server.once('error', reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('The system gave no port.')),
      );
    });
  });
}
