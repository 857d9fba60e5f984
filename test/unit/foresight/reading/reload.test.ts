/** A real process whose libraries are replaced under it: what is gathered of it, and what follows. */
import { mkdirSync, renameSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphNode, Moves } from '#shared/contract.ts';
import { cargoBuildSystem } from '../../../../main/engine/cargo/cargoBuildSystem.ts';
import { foresee, type Prospect } from '../../../../main/engine/foresight/foresee.ts';
import { BinaryCache } from '../../../../main/engine/foresight/reading/binaryCache.ts';
import { HeldImages } from '../../../../main/engine/foresight/reading/heldImages.ts';
import { ReloadInputs } from '../../../../main/engine/foresight/reading/reloadInputs.ts';
import { reloadProspect } from '../../../../main/engine/foresight/reading/reloadProspect.ts';
import type { Scene } from '../../../../main/engine/foresight/reading/scene.ts';
import { type Image, readImages } from '../../../../main/engine/process/images.ts';
import type { Workspace } from '../../../../main/engine/workspace/workspace.ts';
import { NO_PACKAGES } from '../../../support/cargoMetadata.ts';
import { workshop } from './workshop.ts';

const shop = workshop();
afterAll(shop.remove);

const LIBRARIES = ['core', 'api', 'web', 'router'].map((name) => ({
  package: name,
  crateTypes: ['dylib'],
  file: `lib${name}.so`,
  path: shop.path(`lib${name}.so`),
}));
const read: Omit<Workspace, 'buildSystem'> = {
  root: shop.folder,
  name: 'shop',
  profile: 'generic',
  kind: 'unknown',
  kindFinding: { kind: 'unknown', from: 'detected', detected: 'unknown', evidence: 'Nothing was seen.' },
  kindBasis: {
    family: null,
    program: 'host',
    reloaders: [],
    openers: [],
    stable: [],
    watchers: [],
    between: [],
    libraries: [],
    preferDynamic: null,
  },
  hotModules: [],
  reloadFeature: null,
  family: null,
  packages: NO_PACKAGES,
  packageNames: new Map(),
  program: {
    package: 'host',
    node: 'host',
    binary: 'host',
    kind: 'bin',
    file: shop.path('host'),
    arguments: [],
  },
  libraries: LIBRARIES,
  files: new Map([
    ...LIBRARIES.map((each) => [each.package, each.path] as const),
    ['host', shop.path('host')],
  ]),
  targetDirectory: shop.folder,
  outputDirectory: shop.folder,
  rule: 'stack',
  modules: null,
  newness: 'file-identity',
  reload: { by: 'signal', signal: 'SIGINT' },
  shutdown: { signal: 'SIGQUIT', isSet: false },
  ready: /ready/,
  reloadTimeout: 1000,
  buildArguments: [],
  rustSources: '',
  editor: null,
  buildEnvironment: {},
  variables: {},
  plainEnvironment: {},
  places: {
    targetDirectory: shop.folder,
    buildRoot: shop.folder,
    outputDirectory: shop.folder,
    buildDirectory: shop.folder,
    target: null,
    cargoProfile: 'dev',
    libdir: '',
    key: '',
  },
  configured: '',
  made: [],
  programs: [],
  serverEnvironment: { LD_LIBRARY_PATH: shop.folder },
  settings: [],
  added: [],
  addedSources: new Map(),
  builtAnyway: new Set(),
  remarks: [],
};
const workspace: Workspace = { ...read, buildSystem: cargoBuildSystem(read) };

const node = (name: string, role: GraphNode['role']): GraphNode => ({
  name,
  label: name,
  role,
  needs: [],
  wave: null,
});

const MOVES: Moves = {
  rule: 'stack',
  unload: ['router', 'api'],
  load: ['api', 'router'],
  restart: ['core'],
  leftBehind: [],
  notTaken: [],
  unchanged: [],
  reasons: {},
};

const scene: Scene = {
  workspace,
  graph: {
    nodes: [
      node('host', 'executable'),
      node('core', 'pinned'),
      node('api', 'module'),
      // Left out of the modules by the settings, but no part of the program: router brings it along.
      node('web', 'pinned'),
      node('router', 'module'),
    ],
    order: ['api', 'router'],
    rolesFrom: 'settings',
  },
  moves: MOVES,
  modules: null,
  build: 'complete',
};

const NOW = '-Wl,-z,now,-rpath,$ORIGIN';

/** Builds all libraries and puts them in place, as cargo does; `more` names a symbol that core has and api wants. */
function buildAll(more: string | null): void {
  mkdirSync(shop.path('next'), { recursive: true });
  const extra = more === null ? '' : `int ${more}(void) { return 1; }`;
  const use = more === null ? '' : `int ${more}(void); int use(void) { return ${more}(); }`;
  const libraries: [string, string, string[]][] = [
    ['core', `int core(void) { return 1; } ${extra}`, []],
    ['api', `int core(void); int api(void) { return core(); } ${use}`, ['-Lnext', '-lcore']],
    ['web', 'int api(void); int web(void) { return api(); }', ['-Lnext', '-lapi']],
    ['router', 'int web(void); int router(void) { return web(); }', ['-Lnext', '-lweb']],
  ];
  for (const [name, code, flags] of libraries) shop.library(`next/lib${name}.so`, code, NOW, ...flags);
  for (const [name] of libraries) renameSync(shop.path(`next/lib${name}.so`), shop.path(`lib${name}.so`));
}

let pid = 0;

beforeAll(async () => {
  buildAll(null);
  const paths = ['api', 'router'].map((name) => shop.path(`lib${name}.so`));
  pid = await shop.open(paths, '-L.', '-Wl,--no-as-needed', '-lcore', NOW);
});

const images = (): Image[] => [...(readImages(pid) ?? new Map<string, Image[]>()).values()].flat();

const inShort = (prospect: Prospect): string[] =>
  foresee(prospect).map(({ severity, kind, module }) => `${severity} ${kind} ${module}`);

const names = (files: readonly { module: string }[]): string[] => files.map((file) => file.module).sort();

describe('a reload of a process that runs', () => {
  test('everything finds its place, and what is only brought along goes and comes back', async () => {
    const [cache, moves] = [new BinaryCache(), { ...MOVES, restart: [] }];
    const held = new HeldImages(cache);
    await held.hold(pid, images());
    const prospect = await reloadProspect({ ...scene, moves }, cache, held, images());
    expect(names(prospect.loading)).toEqual(['api', 'router']);
    expect(names(prospect.unloading)).toEqual(['api', 'router']);
    expect(names(prospect.staying)).toEqual(expect.arrayContaining(['core', 'host', 'libc.so.6']));
    expect(names(prospect.coming)).toEqual(['web']);
    expect(names(prospect.built)).toEqual(['api', 'core', 'host', 'router', 'web']);
    // Had web stayed, it would hold api.
    expect(foresee(prospect)).toEqual([]);
    await held.close();
  });

  test('a symbol of the new core is missed in the old one, if that can still be read', async () => {
    const reloadInputs = new ReloadInputs();
    await reloadInputs.findings({ ...scene, moves: { ...MOVES, restart: [] } }, pid);
    buildAll('fresh');
    const findings = await reloadInputs.findings(scene, pid);
    expect(findings.map(({ severity, kind, module }) => `${severity} ${kind} ${module}`)).toEqual([
      'blocking undefined-symbol api',
      'warning restart-needed core',
    ]);
    expect(findings[0]).toMatchObject({ remedy: 'restart', details: ['fresh'] });
    await reloadInputs.close();

    // As it is for who comes late, and without privileges.
    const cache = new BinaryCache();
    const held = new HeldImages(cache);
    const blind = images().map((image) => ({ ...image, address: null }));
    await held.hold(pid, blind);
    expect(inShort(await reloadProspect(scene, cache, held, blind))).toEqual([
      'warning restart-needed core',
      'info undefined-symbol api',
      // Whether web stays can't be told, either.
      'info undefined-symbol router',
    ]);
    await held.close();
  });

  test('while a build runs, only what is mapped counts', async () => {
    const reloadInputs = new ReloadInputs();
    const findings = await reloadInputs.findings({ ...scene, build: null }, pid);
    expect(findings.map((finding) => finding.kind)).toEqual(['restart-needed']);
    expect(await reloadInputs.findings({ ...scene, build: null }, null)).toEqual([]);
    await reloadInputs.close();
  });
});
