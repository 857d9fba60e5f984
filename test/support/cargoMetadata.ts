import type { CargoMetadata, DeclaredDependency } from '../../main/engine/cargo/metadata/cargoMetadata.ts';
import type { Packages } from '../../main/engine/cargo/packages/packages.ts';

type Need = string | (Partial<Omit<DeclaredDependency, 'name'>> & { name: string });

/** A crate as a test describes it. */
export interface Crate {
  name: string;
  type: 'dylib' | 'cdylib' | 'lib' | 'bin' | 'proc-macro' | readonly string[];
  /** The name of its library, where that is not the package's. */
  library?: string;
  /** Binaries beside the library. */
  binaries?: readonly string[];
  version?: string;
  needs?: Need[];
  dev?: string[];
  /** Names; or with what they turn on. */
  features?: readonly string[] | Readonly<Record<string, readonly string[]>>;
  outside?: boolean;
  /** Is it built by `cargo build` without arguments? */
  byDefault?: boolean;
}

const declared = (need: Need, kind: string | null): DeclaredDependency => ({
  rename: null,
  kind,
  optional: false,
  uses_default_features: true,
  features: [],
  target: null,
  path: null,
  ...(typeof need === 'string' ? { name: need } : need),
});

/**
 * What `cargo metadata` would say of these crates: dependencies that are for another platform (`cfg(windows)`) and
 * optional ones that no `on` names are not resolved, as cargo does it. A need of `name` is the crate of that id.
 */
export function aMetadata(crates: readonly Crate[], on: readonly string[] = []): CargoMetadata {
  const idOf = ({ name, version }: Crate): string => (version === undefined ? name : `${name}@${version}`);
  const dependenciesOf = ({ needs = [], dev = [] }: Crate): DeclaredDependency[] => [
    ...needs.map((need) => declared(need, null)),
    ...dev.map((need) => declared(need, 'dev')),
  ];
  return {
    packages: crates.map((crate) => {
      const { name, type, features = {}, binaries = [], library = name } = crate;
      const types = typeof type === 'string' ? [type] : [...type];
      return {
        id: idOf(crate),
        name,
        version: crate.version ?? '0.1.0',
        manifest_path: `/srv/${name}/Cargo.toml`,
        targets: [
          { name: library, kind: types, crate_types: types },
          ...binaries.map((binary) => ({ name: binary, kind: ['bin'], crate_types: ['bin'] })),
        ],
        features: Object.fromEntries(
          Array.isArray(features)
            ? features.map((feature: string) => [feature, []])
            : Object.entries(features).map(([feature, brought]) => [feature, [...brought]]),
        ),
        dependencies: dependenciesOf(crate).map((each) => ({ ...each, name: each.name.split('@')[0] ?? '' })),
      };
    }),
    workspace_members: crates.filter((crate) => !crate.outside).map(idOf),
    workspace_default_members: crates
      .filter((crate) => !crate.outside && crate.byDefault !== false)
      .map(idOf),
    workspace_root: '/srv',
    target_directory: '/srv/target',
    resolve: {
      nodes: crates.map((crate) => ({
        id: idOf(crate),
        deps: dependenciesOf(crate)
          .filter(
            ({ optional, name, target }) => target !== 'cfg(windows)' && (!optional || on.includes(name)),
          )
          .map(({ name, rename, kind, target }) => {
            const to = crates.find((each) => idOf(each) === name);
            return {
              name: rename ?? to?.library ?? name.split('@')[0] ?? '',
              pkg: name,
              dep_kinds: [{ kind, target }],
            };
          }),
      })),
    },
  };
}

/** A workspace without members. */
export const NO_PACKAGES: Packages = {
  libraries: [],
  programs: [],
  foreign: [],
  folders: new Map(),
  sourceFolders: [],
  needs: new Map(),
  owners: new Map(),
  links: new Map(),
  built: new Set(),
  crates: { units: new Map(), roots: new Map() },
  isIncomplete: false,
};
