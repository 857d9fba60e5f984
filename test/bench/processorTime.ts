/** The processor time that the app takes, process by process. */
import { readdirSync, readFileSync } from 'node:fs';
import type { ElectronApplication } from 'playwright-core';

/** Tells the time that each has taken so far, in ms, by its name. */
export type Clock = () => ReadonlyMap<string, number>;

const PROCESSES = new Map([
  ['main process', 'Browser'],
  ['engine', 'hotdeck-engine'],
  ['page', 'Tab'],
  ['graphics', 'GPU'],
]);

/** The clock of an app's processes as they are now. */
export async function clockOf(app: ElectronApplication): Promise<Clock> {
  const found = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ pid, type, name }) => ({ pid, type, name })),
  );
  const pids = [...PROCESSES].map(([name, kind]): [string, number] => {
    const pid = found.find((each) => each.type === kind || each.name === kind)?.pid;
    if (pid === undefined) throw new Error(`The app has no ${name}.`);
    return [name, pid];
  });
  return () => new Map(pids.map(([name, pid]) => [name, ofThreads(pid)]));
}

/** Of all threads that a process has now; exact, where the ticks of /proc/PID/stat are 10 ms. */
function ofThreads(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce((sum, task) => sum + nanoseconds(`${tasks}/${task}/schedstat`) / 1e6, 0);
}

function nanoseconds(file: string): number {
  try {
    return Number(readFileSync(file, 'latin1').split(' ')[0]);
  } catch {
    // The thread has ended meanwhile.
    return 0;
  }
}
