import { failed, type Result } from '../../result.ts';
import { shortName } from '../../rust/host.ts';

const KIND = 'no-toolchain';

/** @param message what was missed: a sentence. */
export const noToolchain = (message: string): Result<never> =>
  failed(KIND, message, 'Install Rust (rustup.rs), or put cargo and rustc on the PATH, and try again.');

/** What rustup said, as a sentence. */
export const firstSentence = (stderr: string): string =>
  stderr
    .trim()
    .replace(/^error:\s*/, '')
    .split('\n')[0] ?? '';

/**
 * Reads out of what cargo or rustc said that rustup has no toolchain for this folder; null where it says something else.
 * Nothing is installed by asking: that is the user's to decide.
 */
export function toolchainFailure(stderr: string): Result<never> | null {
  const full = /toolchain '(?<name>[^']+)'[^\n]* is not installed/.exec(stderr)?.groups?.name;
  if (full !== undefined) {
    const name = shortName(full);
    // Those that can be downloaded are called by their host, too.
    const remedy =
      name === full
        ? 'Link it (`rustup toolchain link`) and try again, or choose another one in Set up.'
        : `Install it with \`rustup toolchain install ${name}\` and try again, or choose another one in Set up.`;
    return failed(KIND, `The toolchain ${name}, which is selected here, is not installed.`, remedy);
  }
  if (!/rustup could not choose a version|no default toolchain/i.test(stderr)) return null;
  return failed(
    KIND,
    'rustup has no default toolchain, and none is selected here.',
    'Set one with `rustup default stable` and try again, or choose one in Set up.',
  );
}
