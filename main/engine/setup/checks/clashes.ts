import type { Check } from '#shared/contract.ts';
import { activeFeatures } from '../../rust/featureArguments.ts';
import { tableAt, textsAt } from '../../rust/toml.ts';
import { type Manifest, serverManifest } from '../machine/manifests.ts';
import { about } from './check.ts';
import type { Scene } from './input.ts';

export interface ClashFacts {
  /** The server's features; empty where it has none of the two. */
  features: Manifest['features'];
  buildArguments: readonly string[];
  /** jemalloc is built with `disable_initial_exec_tls`. */
  movableJemalloc: boolean;
}

const jemalloc = about({
  id: 'jemalloc',
  group: 'server',
  title: 'jemalloc',
  why: 'jemalloc keeps its thread-locals in space that is reserved when the process starts. A library that contains it and is opened later may fail with "cannot allocate memory in static TLS block".',
});
const ioUring = about({
  id: 'io-uring',
  group: 'server',
  title: 'io_uring',
  why: 'The instructions of conduwuit of 2024 call io_uring unstable with reloading, without giving a reason. No conflict in the code is known.',
});

/** The features that may clash with reloading. Pure; nothing for a server that has neither. */
export function clashChecks({ features, buildArguments, movableJemalloc }: ClashFacts): Check[] {
  const active = activeFeatures(features, buildArguments);
  const checks: Check[] = [];
  if (features.has('jemalloc')) {
    if (!active.has('jemalloc')) checks.push(jemalloc.ok('It is off.'));
    else if (movableJemalloc) checks.push(jemalloc.ok('It is on, with disable_initial_exec_tls.'));
    else {
      checks.push(
        jemalloc.warning(
          "It is on, without disable_initial_exec_tls. The core brings it in, which is linked, so its thread-locals get their space at the start; the project's own instructions still call it unstable with reloading.",
          `If the server fails to start or crashes at a reload, ${without(/(^|\/)jemalloc/, features, buildArguments)}`,
        ),
      );
    }
  }
  if (features.has('io_uring')) {
    checks.push(
      active.has('io_uring')
        ? ioUring.unknown(
            'It is on. Whether it works with reloading is not known.',
            `If a reload crashes in the database, ${without(/(^|\/)io_uring/, features, buildArguments)}`,
          )
        : ioUring.ok('It is off.'),
    );
  }
  return checks;
}

/** What to write into hotdeck.json to have all that is on now and the modules, less some features. */
function without(pattern: RegExp, features: Manifest['features'], buildArguments: readonly string[]): string {
  const isFree = (name: string): boolean => {
    const reached = new Set([name]);
    for (const each of reached) for (const brought of features.get(each) ?? []) reached.add(brought);
    return ![...reached].some((each) => pattern.test(each));
  };
  const modules = [...features.keys()].filter((name) => name.endsWith('_mods'));
  const active = [...activeFeatures(features, buildArguments)].filter((name) => name !== 'default');
  const kept = [...new Set([...active, ...modules])].filter((name) => features.has(name) && isFree(name));
  const args = JSON.stringify(['--no-default-features', '--features', kept.sort().join(',')]);
  return `build without it: "build": { "arguments": ${args} } in hotdeck.json.`;
}

/** Null where the workspace is none of the family. */
export function clashFacts({ plan, manifests, workspace, buildArguments }: Scene): ClashFacts | null {
  const server = serverManifest(manifests, workspace?.program.package ?? null);
  if (plan.kind !== 'family' || server === null) return null;
  const tables = manifests.flatMap(({ table }) => [
    tableAt(tableAt(table, 'workspace'), 'dependencies'),
    tableAt(table, 'dependencies'),
  ]);
  const movableJemalloc = tables.some((table) =>
    ['tikv-jemallocator', 'tikv-jemalloc-sys', 'jemallocator'].some((name) =>
      textsAt(tableAt(table, name), 'features').includes('disable_initial_exec_tls'),
    ),
  );
  return { features: server.features, buildArguments, movableJemalloc };
}
