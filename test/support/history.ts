/** Records of all kinds, for tests and for programs that they run. */
import type { BuildRecord, EditRecord, ModuleGraph, ReloadRecord, ServerRecord } from '#shared/contract.ts';
import { aReload } from './session.ts';

const base = { v: 1, at: 1_750_000_000_000, run: null, line: null, endLine: null, modules: {} } as const;

export const anEdit = (parts: Partial<EditRecord> = {}): EditRecord => ({
  ...base,
  kind: 'edit',
  files: ['api/src/lib.rs'],
  owners: ['depot_api'],
  ...parts,
});

export const aBuild = (parts: Partial<BuildRecord> = {}): BuildRecord => ({
  ...base,
  kind: 'build',
  took: 1200,
  waited: 0,
  trigger: { kind: 'edit', files: ['api/src/lib.rs'], text: 'api/src/lib.rs' },
  outcome: 'ok',
  message: null,
  compiled: [{ name: 'depot_api', began: null, ended: 800, took: null, link: null }],
  fresh: ['depot_core'],
  link: null,
  rebuilt: ['depot_api'],
  reasons: {},
  problems: { errors: 0, warnings: 0, list: [] },
  ...parts,
});

export function aReloadRecord(parts: Partial<ReloadRecord> = {}): ReloadRecord {
  const { startedAt: _, stuck: __, pid: ___, answers: ____, past: _____, ...reload } = aReload();
  return {
    ...base,
    ...reload,
    kind: 'reload',
    took: 40,
    verdict: 'swapped',
    files: [],
    saved: null,
    waited: 0,
    drain: null,
    firstAnswer: null,
    ...parts,
  };
}

export const aServer = (parts: Partial<ServerRecord> = {}): ServerRecord => ({
  ...base,
  kind: 'server',
  event: 'start',
  pid: 4711,
  code: null,
  signal: null,
  life: null,
  lines: [],
  coreFile: null,
  ...parts,
});

export const aGraph = (name: string): ModuleGraph => ({
  nodes: [{ name, label: name, role: 'module', needs: [], wave: 0 }],
  order: [name],
  rolesFrom: 'artifacts',
});
