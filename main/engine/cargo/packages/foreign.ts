import type { CargoPackage } from '../metadata/cargoMetadata.ts';
import type { Dependency } from '../metadata/dependencies.ts';

/** What a cdylib is made for where it uses one of these: its loader is no server of the workspace. */
const LOADERS: readonly { what: string; crates: readonly string[] }[] = [
  {
    what: 'a WebAssembly module',
    crates: [
      ...['wasm-bindgen', 'js-sys', 'web-sys', 'worker', 'wit-bindgen', 'wit-bindgen-rt', 'proxy-wasm'],
      ...['extism-pdk', 'cosmwasm-std', 'near-sdk', 'soroban-sdk', 'ink', 'stylus-sdk', 'spin-sdk'],
    ],
  },
  { what: 'a Python extension', crates: ['pyo3', 'cpython', 'rustpython-derive'] },
  { what: 'a Node.js addon', crates: ['napi', 'napi-derive', 'neon', 'nodejs-sys'] },
  { what: 'a Ruby extension', crates: ['magnus', 'rutie', 'rb-sys'] },
  { what: 'a PHP extension', crates: ['ext-php-rs', 'phper'] },
  { what: 'an R extension', crates: ['extendr-api', 'savvy'] },
  { what: 'a PostgreSQL extension', crates: ['pgrx', 'pgx'] },
  { what: 'an Erlang NIF', crates: ['rustler'] },
  { what: 'a Godot extension', crates: ['godot', 'gdnative'] },
  { what: 'an audio plug-in', crates: ['nih_plug', 'vst', 'clack-plugin'] },
];

/** Features by which such a crate says that it runs the other language inside of this program, not the other way round. */
const EMBEDDING: Readonly<Record<string, readonly string[]>> = {
  pyo3: ['auto-initialize'],
  magnus: ['embed'],
  rutie: ['embed'],
};

/**
 * Why a library of the workspace is none that a server of it opens: as in "a Python extension (pyo3)"; null for others. Only
 * a cdylib can be one: a dylib is for Rust programs.
 * @param dependencies those that the build has, of its package.
 * @param featuresOf those of a package in the build, by its id.
 */
export function foreignLoader(
  crateTypes: CargoPackage['targets'][number]['crate_types'],
  dependencies: readonly Dependency[],
  featuresOf: (id: string) => ReadonlySet<string> | undefined,
): string | null {
  if (crateTypes.includes('dylib')) return null;
  for (const { what, crates } of LOADERS) {
    const used = dependencies.find(
      ({ name, id, kind }) =>
        kind === 'normal' &&
        crates.includes(name) &&
        !(EMBEDDING[name] ?? []).some((feature) => featuresOf(id)?.has(feature) === true),
    );
    if (used !== undefined) return `${what} (${used.name})`;
  }
  return null;
}
