import type { GraphNode, ModuleGraph, ModuleStatus, Plan, SessionState } from '#shared/contract.ts';
import { A_KIND } from '../../support/session.ts';

export function node(
  name: string,
  role: GraphNode['role'],
  needs: string[] = [],
  wave: number | null = null,
): GraphNode {
  return { name, label: name, role, needs, wave };
}

/** The stack of the sample: a pinned core, modules on it, the executable below. */
export const stack: GraphNode[] = [
  node('std', 'external'),
  node('core', 'pinned', ['std'], 0),
  node('database', 'module', ['core', 'std'], 1),
  node('service', 'module', ['core', 'database', 'std'], 2),
  node('api', 'module', ['core', 'database', 'service', 'std'], 3),
  node('admin', 'module', ['api', 'core', 'service', 'std'], 4),
  node('router', 'module', ['admin', 'api', 'core', 'std'], 5),
  node('depot', 'executable', ['core', 'std']),
];

export const graph: ModuleGraph = {
  nodes: stack,
  order: ['database', 'service', 'api', 'admin', 'router'],
  rolesFrom: 'artifacts',
};

export function status(state: ModuleStatus['state']): ModuleStatus {
  return { state, reason: null, file: null, artifact: null, image: null, builtAt: null };
}

export const noPlan: Plan = {
  rule: 'stack',
  unload: [],
  load: [],
  restart: [],
  leftBehind: [],
  notTaken: [],
  unchanged: [],
  along: [],
  reasons: {},
  findings: [],
};

export function session(parts: Partial<SessionState> = {}): SessionState {
  return {
    workspace: {
      root: '/w',
      name: 'depot',
      profile: 'generic',
      newness: 'file-identity',
      reload: { by: 'signal', signal: 'SIGINT' },
      settings: [],
      kind: A_KIND,
    },
    mode: { name: 'modules' },
    graph,
    modules: Object.fromEntries(
      stack.map(({ name, role }) => [name, status(role === 'module' ? 'loaded' : 'pinned')]),
    ),
    server: { name: 'running', pid: 1, since: 0 },
    build: { name: 'idle' },
    plan: noPlan,
    lastReload: null,
    problems: [],
    unlistedProblems: { errors: 0, warnings: 0 },
    notices: [],
    auto: { buildOnSave: true, reloadAfterBuild: false },
    editors: [],
    runs: { server: null, build: null },
    blind: null,
    edited: [],
    programs: [],
    suspended: [],
    ...parts,
  };
}
