const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'x86_64',
  arm64: 'aarch64',
  riscv64: 'riscv64gc',
};

/** rustup's name for this machine: out of the toolchains that are there, or guessed. */
export function hostTriple(names: readonly string[]): string {
  const triple = /-((?:[a-z0-9_]+)-(?:unknown|apple|pc)-[a-z0-9_-]+)$/;
  for (const name of names) {
    const found = triple.exec(name)?.[1];
    if (found !== undefined) return found;
  }
  return `${ARCHITECTURES[process.arch] ?? process.arch}-unknown-linux-gnu`;
}

/** `nightly-2026-05-19` of `nightly-2026-05-19-x86_64-unknown-linux-gnu`. */
export const shortName = (name: string): string =>
  name.replace(/-(?:[a-z0-9_]+)-(?:unknown|apple|pc)-[a-z0-9_-]+$/, '');
