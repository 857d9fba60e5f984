import type { WantedToolchain } from './toolchainFile.ts';

export interface ActiveToolchain {
  /** As `rustup toolchain list` has it, or as it was asked for where it is not installed. */
  name: string;
  because: 'choice' | 'environment' | 'directory' | 'file' | 'default';
  /** The folder of the override, or the file; null for the others. */
  where: string | null;
  installed: boolean;
}

export interface ToolchainFacts {
  /** What Hotdeck was told to take. */
  chosen: string | null;
  /** RUSTUP_TOOLCHAIN. */
  environment: string | null;
  /** `rustup override`, by folder. */
  overrides: ReadonlyMap<string, string>;
  /** The toolchain files, by folder. */
  files: ReadonlyMap<string, WantedToolchain>;
  /** The workspace's folder and all above it, in that order. */
  folders: readonly string[];
  fallback: string | null;
  installed: readonly string[];
  host: string;
}

/**
 * The toolchain that rustup takes, by the order of its own documentation ("Overrides"), found without rustup: asked in
 * a folder whose file names a toolchain that is not there, rustup may install it. Null where none is set.
 */
export function activeToolchain(facts: ToolchainFacts): ActiveToolchain | null {
  const named = (
    name: string,
    because: ActiveToolchain['because'],
    where: string | null,
  ): ActiveToolchain => {
    // A path is a toolchain that rustup did not install.
    const known = name.startsWith('/') ? name : fullName(name, facts);
    return { name: known ?? name, because, where, installed: known !== null };
  };
  if (facts.chosen !== null) return named(facts.chosen, 'choice', null);
  if (facts.environment !== null) return named(facts.environment, 'environment', null);
  for (const folder of facts.folders) {
    const override = facts.overrides.get(folder);
    if (override !== undefined) return named(override, 'directory', folder);
    const file = facts.files.get(folder);
    if (file === undefined) continue;
    if (file.path !== null) return { name: file.path, because: 'file', where: file.file, installed: true };
    // A file that names components only asks for them in the default toolchain.
    if (file.channel !== null) return named(file.channel, 'file', file.file);
  }
  return facts.fallback === null ? null : named(facts.fallback, 'default', null);
}

/** `nightly` is `nightly-x86_64-unknown-linux-gnu` on such a machine; null where it is not installed. */
function fullName(
  name: string,
  { installed, host }: Pick<ToolchainFacts, 'installed' | 'host'>,
): string | null {
  return [name, `${name}-${host}`].find((each) => installed.includes(each)) ?? null;
}
