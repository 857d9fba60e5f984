import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { familySource } from '../../families/families.ts';
import { parseToml, textsAt } from '../../rust/toml.ts';
import { modulesFeature, serverManifest } from '../machine/manifests.ts';
import type { FamilySourceFacts } from './familySource.ts';
import type { Scene } from './input.ts';
import type { ModuleOrderFacts } from './moduleOrder.ts';

interface FamilyFacts {
  order: ModuleOrderFacts;
  source: FamilySourceFacts;
}

/** Reads the server's own source for what the checks of the family look at. Null where it is none of the family. */
export async function gatherFamily(scene: Scene): Promise<FamilyFacts | null> {
  const { root, plan, manifests, files, workspace, choices } = scene;
  const server = serverManifest(manifests, workspace?.program.package ?? null);
  if (plan.kind !== 'family' || server === null) return null;
  const [mods, main] = await Promise.all([
    firstSource(
      root,
      server.folder,
      ['mods.rs', 'src/mods.rs', 'main.rs', 'src/main.rs'],
      /\bMODULE_NAMES\b/,
    ),
    firstSource(root, server.folder, ['lib.rs', 'src/lib.rs', 'main.rs', 'src/main.rs'], /\bfn\s+async_\w+/),
  ]);
  const [manifest] = files.filter((each) => each.file === 'Cargo.toml');
  const set = workspace?.modules?.from === 'hotdeck.json' ? workspace.modules.names : null;
  // What is detected names dynamic libraries only, and before the setup there are none.
  const detected = workspace?.family?.modules ?? null;
  const stepped = plan.steps.flatMap(({ id }) => /^crate-type:(.+)$/.exec(id)?.[1] ?? []);
  const dynamic = manifests.flatMap((each) => (each.dynamic && each.package !== null ? [each.package] : []));
  return {
    order: {
      file: mods?.file ?? null,
      names: mods === null ? null : familySource.moduleNames(mods.text),
      expected:
        set !== null
          ? { names: set, from: 'hotdeck.json' }
          : detected === null
            ? null
            : { names: detected, from: 'detected' },
      manifests,
      unread: unreadManifests(scene),
      dylibs: [...new Set([...dynamic, ...stepped])].sort(),
      server: server.package ?? '',
    },
    source: {
      file: main?.file ?? null,
      doubles: main === null ? [] : familySource.doubleFunctions(main.text),
      feature: modulesFeature(server),
      cargoFeatures: cargoFeaturesIn(manifest?.bytes.toString('utf8') ?? null),
      byFlags: choices.flags.includes('-Zprofile-rustflags'),
    },
  };
}

/** The manifests that could not be read or parsed, by the name of their file. */
export function unreadManifests({
  files,
  manifests,
  plan,
}: Pick<Scene, 'files' | 'manifests' | 'plan'>): string[] {
  const names = [...files, ...plan.ways.flatMap(({ refusals }) => refusals)].map(({ file }) => file);
  const parsed = new Set(manifests.map(({ file }) => file));
  const unread = names.filter((file) => /(^|\/)Cargo\.toml$/.test(file) && !parsed.has(file));
  return [...new Set(unread)].sort();
}

/** The first of some files of a crate that is about something; else the first that is there. */
async function firstSource(
  root: string,
  folder: string,
  names: readonly string[],
  subject: RegExp,
): Promise<{ file: string; text: string } | null> {
  const read = await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      const text = await readFile(join(root, file), 'utf8').catch(() => null);
      return text === null ? null : { file, text };
    }),
  );
  const there = read.flatMap((each) => each ?? []);
  return there.find((each) => subject.test(each.text)) ?? there[0] ?? null;
}

/** Reads what a manifest says of cargo-features. Pure. @param text null where it could not be read. */
export function cargoFeaturesIn(text: string | null): FamilySourceFacts['cargoFeatures'] {
  const parsed = text === null ? null : parseToml(text, 'Cargo.toml');
  if (text === null || parsed?.ok !== true) return 'unread';
  if (textsAt(parsed.value, 'cargo-features').includes('profile-rustflags')) return 'active';
  if (Object.hasOwn(parsed.value, 'cargo-features')) return 'other';
  return /^\s*#\s*cargo-features\s*=/m.test(text) ? 'commented' : 'missing';
}
