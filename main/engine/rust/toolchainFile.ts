import { parseToml, tableAt, textAt, textsAt } from './toml.ts';

/** What a `rust-toolchain.toml` asks for. */
export interface WantedToolchain {
  /** Absolute. */
  file: string;
  channel: string | null;
  /** Of a toolchain that rustup did not install; then there is no channel. */
  path: string | null;
  components: string[];
  targets: string[];
  /** Why it can't be read; null where it could. */
  trouble: string | null;
}

/** Reads `rust-toolchain.toml`, or `rust-toolchain`, which may hold a channel's name and nothing else. */
export function parseToolchainFile(text: string, file: string): WantedToolchain {
  const empty = { file, channel: null, path: null, components: [], targets: [], trouble: null };
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [only = ''] = lines;
  if (!file.endsWith('.toml') && lines.length === 1 && /^[\w.+-]+$/.test(only.trim())) {
    return { ...empty, channel: only.trim() };
  }
  const parsed = parseToml(text, file);
  if (!parsed.ok) return { ...empty, trouble: parsed.failure.message };
  const table = tableAt(parsed.value, 'toolchain');
  return {
    ...empty,
    channel: textAt(table, 'channel'),
    path: textAt(table, 'path'),
    components: textsAt(table, 'components'),
    targets: textsAt(table, 'targets'),
  };
}

/** What of a toolchain is not installed: components and targets, by the names that rustup takes. */
export function missingParts(
  wanted: Pick<WantedToolchain, 'components' | 'targets'>,
  installed: readonly string[],
): { components: string[]; targets: string[] } {
  const has = (name: string): boolean =>
    installed.some((each) =>
      [name, `${name}-preview`].some((one) => each === one || each.startsWith(`${one}-`)),
    );
  return {
    components: wanted.components.filter((name) => !has(name)),
    targets: wanted.targets.filter((name) => !has(`rust-std-${name}`)),
  };
}
