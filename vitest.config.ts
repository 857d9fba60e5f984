import { defineConfig } from 'vitest/config';

// Real cargo, real ptys and real windows share two cores at the worst: one file at a time for those.
const patient = { testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false } as const;

export default defineConfig({
  test: {
    reporters: ['default', './test/support/reporter.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'] } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...patient } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          globalSetup: ['test/support/globalDisplay.ts'],
          ...patient,
        },
      },
      {
        test: {
          name: 'packaged',
          include: ['test/e2e/packaged/*.packaged.ts'],
          globalSetup: ['test/support/globalDisplay.ts', 'test/support/globalPackage.ts'],
          ...patient,
        },
      },
    ],
  },
});
