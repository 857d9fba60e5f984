/** The flags that a server of the family is built with so that it reloads, as its manifests have them since 2025. */
export interface FamilyFlags {
  dev: string[];
  core: string[];
  program: string[];
  others: string[];
}

const link = (...flags: string[]): string[] => flags.map((flag) => `-Clink-arg=-Wl,${flag}`);

const STATIC_LIBRARIES = ['-Zstaticlib-prefer-dynamic=true', '-Zstaticlib-allow-rdylib-deps=true'];

/** @param cfg such as `conduwuit_mods`. */
export function familyFlags(cfg: string): FamilyFlags {
  const mods = ['--cfg', cfg];
  const dynamic = ['-Ztls-model=global-dynamic', '-Cprefer-dynamic=true'];
  const quick = ['-Ztime-passes', '-Zmir-opt-level=0'];
  return {
    dev: [
      ...mods,
      ...quick,
      '-Zvalidate-mir=false',
      ...dynamic,
      ...STATIC_LIBRARIES,
      '-Zpacked-bundled-libs=false',
      '-Zplt=true',
      '-Crpath=true',
      ...link('--as-needed', '--allow-shlib-undefined', '-z,keep-text-section-prefix', '-z,lazy'),
    ],
    // It is linked to the program and stays: what it keeps in its threads may lie where the program's own does.
    core: [
      ...mods,
      ...quick,
      '-Ztls-model=initial-exec',
      '-Cprefer-dynamic=true',
      ...STATIC_LIBRARIES,
      '-Zpacked-bundled-libs=false',
      '-Zplt=true',
      ...link('--as-needed', '--allow-shlib-undefined', '-z,lazy', '-z,unique', '-z,nodlopen', '-z,nodelete'),
    ],
    program: [
      ...mods,
      ...quick,
      '-Zvalidate-mir=false',
      ...dynamic,
      '-Zexport-executable-symbols=true',
      '-Zplt=true',
      '-Crpath=true',
      ...link('--as-needed', '--allow-shlib-undefined', '--export-dynamic', '-z,lazy'),
    ],
    others: [
      ...mods,
      ...dynamic,
      ...STATIC_LIBRARIES,
      '-Zpacked-bundled-libs=true',
      '-Zplt=true',
      ...link('--as-needed', '-z,lazy', '-z,nodelete'),
    ],
  };
}
