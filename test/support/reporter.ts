/** Says at the very end, on a line of its own, how it went: `N passed, N failed`. */
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export interface Tally {
  passed: number;
  failed: number;
}

/**
 * Counts tests. What kept tests from running counts as failed too: a file that could not be loaded, a suite whose
 * hooks failed, an error that nothing handled. Skipped tests count as neither.
 */
export function tally(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Tally {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const states = tests.map((test) => test.result().state);
  const suites = modules.flatMap((module) => [...module.children.allSuites()]);
  const broken = [...modules, ...suites].filter((part) => part.errors().length > 0);
  return {
    passed: states.filter((state) => state === 'passed').length,
    failed: states.filter((state) => state === 'failed').length + broken.length + unhandled.length,
  };
}

/** A failure outside of all tests (no test found, say) shows in the exit code only. */
export function withExitCode({ passed, failed }: Tally, exitCode: number): Tally {
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed };
}

export default class LastLine implements Reporter {
  private tally: Tally = { passed: 0, failed: 0 };

  onInit(): void {
    // Whatever is printed while closing comes before this.
    process.once('exit', (exitCode) => {
      const { passed, failed } = withExitCode(this.tally, exitCode);
      process.stdout.write(`${passed} passed, ${failed} failed\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.tally = tally(modules, unhandled);
  }
}
