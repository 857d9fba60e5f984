import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'vite';
import { checkoutRoot } from '../../../main/launch/checkout.ts';

/**
 * Makes a program that a plain node runs out of a TypeScript file of this checkout.
 * @param name where it lies, from the checkout on. @returns the path of the program, in `folder`.
 */
export async function makeProgram(name: string, folder: string): Promise<string> {
  await build({
    configFile: false,
    root: checkoutRoot(),
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rollupOptions: {
        input: { program: join(checkoutRoot(), name) },
        output: { format: 'es', entryFileNames: 'program.mjs' },
      },
    },
  });
  return join(folder, 'program.mjs');
}

/** Runs something to its end and gives what it printed; fails if it doesn't end well. */
export function outputOf(command: readonly string[]): Promise<string> {
  const [file = '', ...args] = command;
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(chunks).toString());
      else reject(new Error(`${file} ended with ${signal ?? code}.`));
    });
  });
}
