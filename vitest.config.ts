import { defineConfig } from 'vitest/config';

// Real cargo, real ptys and real windows share two cores at the worst: two files at a time, and one where there are windows.
const patient = { testTimeout: 120_000, hookTimeout: 180_000 } as const;
const oneAtATime = { ...patient, fileParallelism: false } as const;
/** One suite after the other. */
const turn = (groupOrder: number) => ({ sequence: { groupOrder } });

export default defineConfig({
  test: {
    reporters: ['default', './test/support/reporter.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], ...turn(0) } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          maxWorkers: 2,
          ...patient,
          ...turn(1),
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          globalSetup: ['test/support/globalDisplay.ts'],
          ...oneAtATime,
          ...turn(2),
        },
      },
      {
        test: {
          name: 'packaged',
          include: ['test/e2e/packaged/*.packaged.ts'],
          globalSetup: ['test/support/globalDisplay.ts', 'test/support/globalPackage.ts'],
          ...oneAtATime,
          ...turn(3),
        },
      },
    ],
  },
});
