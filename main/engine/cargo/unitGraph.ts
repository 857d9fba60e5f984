import { z } from 'zod';

const TargetSchema = z.object({ name: z.string(), crate_types: z.array(z.string()) });

/** The part of `cargo build --unit-graph` that is read here; the form is cargo's own affair and may change. */
const UnitGraphSchema = z.object({
  units: z.array(
    z.object({
      pkg_id: z.string(),
      target: TargetSchema,
      profile: z.object({ rustflags: z.array(z.string()).optional() }),
    }),
  ),
});

const MetadataSchema = z.object({
  packages: z.array(z.object({ id: z.string(), name: z.string(), targets: z.array(TargetSchema) })),
  workspace_members: z.array(z.string()),
});

/** A crate of the workspace, and what cargo would build it with. */
export interface CrateInForce {
  /** Cargo package. */
  package: string;
  dynamic: boolean;
  /** What its profile adds to the flags that all crates get. */
  flags: string[];
}

const LIBRARY = new Set(['lib', 'rlib', 'dylib', 'cdylib', 'staticlib']);
const isLibrary = (types: readonly string[]): boolean => types.some((type) => LIBRARY.has(type));

/** The libraries of the workspace in what `--unit-graph` printed; null where that has an unknown form. */
export function cratesOfUnits(json: unknown): CrateInForce[] | null {
  const parsed = UnitGraphSchema.safeParse(json);
  if (!parsed.success) return null;
  const crates = new Map<string, CrateInForce>();
  for (const { pkg_id, target, profile } of parsed.data.units) {
    const name = memberName(pkg_id);
    if (name === null || !isLibrary(target.crate_types)) continue;
    const flags = profile.rustflags ?? [];
    const known = crates.get(name);
    // A crate that a build script uses too is built twice; the build script's own has fewer flags.
    if (known !== undefined && known.flags.length >= flags.length) continue;
    crates.set(name, { package: name, dynamic: target.crate_types.includes('dylib'), flags });
  }
  return [...crates.values()];
}

/** The same out of `cargo metadata`, which knows of no profile. */
export function cratesOfMetadata(json: unknown): CrateInForce[] | null {
  const parsed = MetadataSchema.safeParse(json);
  if (!parsed.success) return null;
  const members = new Set(parsed.data.workspace_members);
  return parsed.data.packages.flatMap(({ id, name, targets }) => {
    const library = targets.find((target) => isLibrary(target.crate_types));
    if (library === undefined || !members.has(id)) return [];
    return [{ package: name, dynamic: library.crate_types.includes('dylib'), flags: [] }];
  });
}

/** `path+file:` and the folder, then `#depot_api@0.1.0`, or `#0.1.0` where the folder has the package's name. Null for crates from elsewhere. */
function memberName(id: string): string | null {
  if (!id.startsWith('path+file:')) return null;
  const [path = '', fragment = ''] = id.split('#');
  const [name = '', version] = fragment.split('@');
  return version === undefined ? (path.split('/').at(-1) ?? null) : name;
}

/**
 * The flags that all crates get, out of cargo's own log: it asks rustc about the target with the very flags that it
 * compiles with. Null where the log has no such line.
 */
export function generalFlags(log: string): string[] | null {
  const questions = [
    ...log.matchAll(/running `[^`\n]* --print=file-names (?<flags>[^`\n]*?)--crate-type bin /g),
  ];
  // The last one is about the target; one about the machine itself may come first.
  const flags = questions.at(-1)?.groups?.flags;
  if (flags === undefined) return null;
  const words = [...flags.matchAll(/'([^']*)'|(\S+)/g)].map(([whole, quoted]) => quoted ?? whole);
  return words.filter((word, at) => word !== '--target' && words[at - 1] !== '--target');
}
