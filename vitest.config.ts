import { defineConfig } from 'vitest/config';
import { FILES_AT_A_TIME } from './test/support/globalDisplay.ts';
import { LongestFirst } from './test/support/longestFirst.ts';

// Two files of tests at a time, as tests run on two cores at the worst.
const two = { maxWorkers: 2 } as const;
// Real cargo, real ptys and real windows take their time.
const patient = { testTimeout: 120_000, hookTimeout: 180_000 } as const;
const windows = { ...patient, maxWorkers: FILES_AT_A_TIME } as const;
/** One suite after the other. */
const turn = (groupOrder: number) => ({ sequence: { groupOrder } });

export default defineConfig({
  test: {
    reporters: ['default', './test/support/reporter.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      // A process of its own for each of these many small files would take twice as long.
      {
        test: {
          name: 'unit',
          testTimeout: 30_000,
          include: ['test/unit/**/*.test.{ts,tsx}'],
          isolate: false,
          ...two,
          ...turn(0),
        },
      },
      // Reads the source and the docs: part of `npm run check`.
      {
        test: {
          name: 'static',
          include: ['test/structure/**/*.test.ts'],
          isolate: false,
          ...two,
          ...turn(0),
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/globalMade.ts'],
          ...two,
          ...patient,
          ...turn(1),
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          globalSetup: ['test/support/globalMade.ts', 'test/support/globalDisplay.ts'],
          ...windows,
          ...turn(2),
        },
      },
      {
        test: {
          name: 'packaged',
          include: ['test/e2e/packaged/*.packaged.ts'],
          globalSetup: [
            'test/support/globalMade.ts',
            'test/support/globalDisplay.ts',
            'test/support/globalPackage.ts',
          ],
          ...windows,
          ...turn(2),
        },
      },
    ],
  },
});
