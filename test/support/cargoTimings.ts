/** What cargo itself says of a build that ran with `--timings`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** ms after cargo began, as cargo rounds them: to 10 ms each. */
export interface CargoTimes {
  began: number;
  ended: number;
}

const UnitsSchema = z.array(z.object({ name: z.string(), start: z.number(), duration: z.number() }));

/** The page that cargo writes of the latest build, beside the ones of each. */
export const latestTimings = (root: string): string => join(root, 'target/cargo-timings/cargo-timing.html');

/**
 * Cargo's figures, by package, in the order in which it finished with them. What it found fresh is there too, and so is
 * what could not be compiled: as units that took no time.
 */
export async function cargoTimings(page: string): Promise<Map<string, CargoTimes>> {
  const units = UnitsSchema.parse(
    JSON.parse(/UNIT_DATA = (\[.*?\n\]);/s.exec(await readFile(page, 'utf8'))?.[1] ?? ''),
  );
  const packages = new Map<string, CargoTimes>();
  for (const { name, start, duration } of units) {
    const { began, ended } = packages.get(name) ?? { began: Infinity, ended: 0 };
    packages.set(name, {
      began: Math.min(began, start * 1000),
      ended: Math.max(ended, (start + duration) * 1000),
    });
  }
  return new Map([...packages].sort(([, a], [, b]) => a.ended - b.ended));
}
