/** `npm run bench [graph|save|startup|elf|identity|reloads|maps|logs|history|history-view|fuzz|fuzz-logs]`: every figure beside a stated rival; all but the fuzzing without an argument. */
import { benchElf, fuzzElf } from './elf.ts';
import { benchGraph } from './graph.ts';
import { benchHistory } from './history.ts';
import { benchHistoryWindow } from './historyWindow.ts';
import { benchIdentity } from './identity.ts';
import { benchLogs, fuzzLogs } from './logs.ts';
import { benchMaps } from './maps.ts';
import { benchReloads } from './reloads.ts';
import { benchSaveToSwapped } from './saveToSwapped.ts';
import { benchStartup } from './startup.ts';

const benches = new Map<string, () => Promise<unknown>>([
  ['graph', benchGraph],
  ['save', benchSaveToSwapped],
  ['startup', benchStartup],
  ['elf', benchElf],
  ['identity', benchIdentity],
  ['maps', benchMaps],
  ['logs', benchLogs],
  ['history', benchHistory],
  ['history-view', benchHistoryWindow],
  ['reloads', () => benchReloads()],
]);
/** No measurements: only when asked for. */
const checks = new Map<string, () => Promise<unknown>>([
  ['fuzz', () => fuzzElf()],
  ['fuzz-logs', fuzzLogs],
]);

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !benches.has(name) && !checks.has(name));
if (unknown === undefined) {
  for (const [name, bench] of benches) if (wanted.length === 0 || wanted.includes(name)) await bench();
  for (const [name, check] of checks) if (wanted.includes(name)) await check();
} else {
  console.error(
    `There is no bench ${unknown}; there are: ${[...benches.keys(), ...checks.keys()].join(', ')}.`,
  );
  process.exitCode = 2;
}
