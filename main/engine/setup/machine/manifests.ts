import { familySource } from '../../families/families.ts';
import { parseToml, type Table, tableAt, textAt, textsAt } from '../../rust/toml.ts';
import type { SourceFile } from '../types.ts';

/** A Cargo.toml, as far as the checks look at it. */
export interface Manifest {
  /** Relative to the workspace. */
  file: string;
  /** The same of its folder; empty for the workspace's own. */
  folder: string;
  table: Table;
  /** Null where it is the workspace's only. */
  package: string | null;
  /** Name of its library, as rustc has it. */
  crate: string | null;
  dynamic: boolean;
  features: ReadonlyMap<string, readonly string[]>;
  /** Packages that it depends on, as its own keys or their `package` name them. */
  dependencies: readonly string[];
}

/** Reads the manifests among the sources; one that is not TOML is left out (cargo says so when it reads them). */
export const readManifests = (files: readonly SourceFile[]): Manifest[] =>
  files.flatMap(({ file, bytes }) => {
    if (file !== 'Cargo.toml' && !file.endsWith('/Cargo.toml')) return [];
    const parsed = parseToml(bytes.toString('utf8'), file);
    return parsed.ok ? [manifestOf(file, parsed.value)] : [];
  });

function manifestOf(file: string, table: Table): Manifest {
  const library = tableAt(table, 'lib');
  const name = textAt(tableAt(table, 'package'), 'name');
  const features = Object.keys(tableAt(table, 'features'));
  const types = [...textsAt(library, 'crate-type'), ...textsAt(library, 'crate_type')];
  const dependencies = tableAt(table, 'dependencies');
  return {
    file,
    folder: file.slice(0, -'Cargo.toml'.length).replace(/\/$/, ''),
    table,
    package: name,
    crate: textAt(library, 'name') ?? name?.replaceAll('-', '_') ?? null,
    dynamic: types.includes('dylib'),
    features: new Map(features.map((each) => [each, textsAt(tableAt(table, 'features'), each)])),
    dependencies: Object.keys(dependencies).map(
      (key) => textAt(tableAt(dependencies, key), 'package') ?? key,
    ),
  };
}

/**
 * The manifest of the server of the family.
 * @param program its package, where that is known; else it is the one with programs and a feature for the modules.
 */
export const serverManifest = (manifests: readonly Manifest[], program: string | null): Manifest | null =>
  manifests.find((each) => each.package !== null && each.package === program) ??
  manifests.find((each) => modulesFeature(each) !== null && hasProgram(each)) ??
  manifests.find((each) => familySource.isProgramFolder(each.folder) && each.package !== null) ??
  null;

const hasProgram = ({ table }: Manifest): boolean =>
  Array.isArray(table.bin) || textAt(tableAt(table, 'package'), 'default-run') !== null;

/** `conduwuit_mods`, `tuwunel_mods`; null where there is no such feature. */
export const modulesFeature = ({ features }: Manifest): string | null =>
  familySource.featureAmong([...features.keys()]);
