import { afterEach, describe, expect, it } from 'vitest';
import { type LaunchedApp, launchApp } from '../../support/app.ts';
import { enginePid } from '../../support/engineProcess.ts';
import { isRunning } from '../../support/processes.ts';

let launched: LaunchedApp;
afterEach(() => launched?.close());

// The debugger that the test holds, and a busy machine, make the app's own two seconds longer.
describe('quitting', () => {
  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by %s ends every process soon', async (signal) => {
    launched = await launchApp();
    const pids = launched.pids();
    expect(pids.length).toBeGreaterThan(3);
    process.kill(launched.pid, signal);
    await expect.poll(() => pids.filter(isRunning), { timeout: 5_000, interval: 20 }).toEqual([]);
  });

  it('does not wait for an engine that hangs, nor leave it behind', async () => {
    launched = await launchApp();
    const pids = launched.pids();
    process.kill(await enginePid(launched.app), 'SIGSTOP');
    process.kill(launched.pid, 'SIGTERM');
    await expect.poll(() => pids.filter(isRunning), { timeout: 6_000, interval: 20 }).toEqual([]);
  });
});
