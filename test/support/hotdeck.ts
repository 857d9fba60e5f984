import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { checkoutRoot } from '../../main/launch/checkout.ts';

export interface Printed {
  code: number | string | null | undefined;
  stdout: string;
  stderr: string;
}

/** The command line as it is built: `node dist/main/cli.js`, which is what `npx hotdeck` runs. */
export const hotdeck = (...args: string[]): Promise<Printed> =>
  new Promise((resolve) => {
    execFile(process.execPath, [join(checkoutRoot(), 'dist/main/cli.js'), ...args], (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : error.code, stdout, stderr }),
    );
  });
