import type { ElectronApplication } from 'playwright-core';
import { expect } from 'vitest';

/** The engine's process as soon as there is one, another than `before`. Never 0: a signal to that hits our own group. */
export async function enginePid(app: ElectronApplication, before: number | null = null): Promise<number> {
  let found: number | null = null;
  const look = async () => {
    found = await app.evaluate(
      ({ app: electron }) =>
        electron.getAppMetrics().find(({ name }) => name === 'hotdeck-engine')?.pid ?? null,
    );
    return found !== null && found !== before;
  };
  await expect.poll(look, { timeout: 30_000 }).toBe(true);
  if (found === null) throw new Error('The engine went again.');
  return found;
}
