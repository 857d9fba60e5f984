/** `npm run bench [graph|save|startup]`: every figure beside a stated rival; all of them without an argument. */
import { benchGraph } from './graph.ts';
import { benchSaveToSwapped } from './saveToSwapped.ts';
import { benchStartup } from './startup.ts';

const benches = new Map<string, () => Promise<unknown>>([
  ['graph', benchGraph],
  ['save', benchSaveToSwapped],
  ['startup', benchStartup],
]);

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !benches.has(name));
if (unknown === undefined) {
  for (const [name, bench] of benches) if (wanted.length === 0 || wanted.includes(name)) await bench();
} else {
  console.error(`There is no bench ${unknown}; there are: ${[...benches.keys()].join(', ')}.`);
  process.exitCode = 2;
}
