import type { Refusal } from '#shared/contract.ts';
import { type Manifest, readManifest } from './manifest/manifest.ts';
import { stringsOf, tableOf } from './manifest/values.ts';
import { type Member, memberOf } from './members.ts';
import type { SourceFile } from './types.ts';

/** What a plan is made of. */
export interface Sources {
  root: Manifest | null;
  /** By package name. */
  members: Map<string, Member>;
  /** The modules, where hotdeck.json names them. */
  named: string[] | null;
  /** cargo's configuration file; null where there is none yet. */
  config: Manifest | null;
  configFile: string;
  /** Files that could be read and must not be written, by name. */
  guarded: Map<string, Refusal>;
  /** Files that could not be read or understood. */
  unread: Refusal[];
  /** The file that a link leads to, by the link's name. */
  targets: Map<string, string>;
}

// Where both are, cargo takes the older name.
const CONFIGS = ['.cargo/config', '.cargo/config.toml'];

const isManifest = (file: string): boolean => file === 'Cargo.toml' || file.endsWith('/Cargo.toml');

/** Understands the files of a workspace, each for itself. */
export function understand(files: readonly SourceFile[], refusals: readonly Refusal[]): Sources {
  const byName = new Map(files.map((each) => [each.file, each]));
  const refused = new Map(refusals.map((each) => [each.file, each]));
  const unread = refusals.filter((each) => !byName.has(each.file) && isManifest(each.file));
  const read = (file: string): Manifest | null => {
    const source = byName.get(file);
    if (source === undefined) return null;
    const manifest = readManifest(file, source.bytes);
    if (manifest.ok) return manifest.value;
    unread.push({ file, failure: manifest.failure });
    return null;
  };
  const root = read('Cargo.toml');
  const others = files.map((each) => each.file).filter((file) => isManifest(file) && file !== 'Cargo.toml');
  const members = new Map<string, Member>();
  for (const manifest of [root, ...others.map(read)]) {
    const member = manifest === null ? null : memberOf(manifest, root, byName);
    if (member !== null && !members.has(member.name)) members.set(member.name, member);
  }
  const configFile = CONFIGS.find((file) => byName.has(file) || refused.has(file)) ?? '.cargo/config.toml';
  const guarded = new Map([...refused].filter(([file]) => byName.has(file) || file === configFile));
  const targets = new Map(
    files.flatMap((each) => (each.target === undefined ? [] : [[each.file, each.target]])),
  );
  const named = modulesIn(byName.get('hotdeck.json'));
  return { root, members, named, config: read(configFile), configFile, guarded, unread, targets };
}

/** What is wrong with hotdeck.json is said where a workspace is opened. */
function modulesIn(settings: SourceFile | undefined): string[] | null {
  if (settings === undefined) return null;
  try {
    return stringsOf(tableOf(JSON.parse(settings.bytes.toString('utf8'))).modules);
  } catch {
    return null;
  }
}
