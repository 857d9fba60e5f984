import type { Auto, ModuleGraph, SessionState } from '#shared/contract.ts';
import { installedEditors } from '../workspace/editor.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** How a workspace is shown. */
export const workspaceState = (workspace: Workspace): SessionState['workspace'] => ({
  root: workspace.root,
  name: workspace.name,
  profile: workspace.profile,
  newness: workspace.newness,
  reload: workspace.reload,
  settings: workspace.settings,
  kind: workspace.kindFinding,
});

/** A session in which nothing has happened yet. */
export const initialState = (workspace: Workspace, graph: ModuleGraph, auto: Auto): SessionState => ({
  workspace: workspaceState(workspace),
  mode: { name: 'modules' },
  graph,
  modules: {},
  server: { name: 'stopped' },
  build: { name: 'idle' },
  plan: {
    rule: workspace.rule,
    unload: [],
    load: [],
    restart: [],
    leftBehind: [],
    notTaken: [],
    unchanged: [],
    along: [],
    reasons: {},
    findings: [],
  },
  lastReload: null,
  problems: [],
  unlistedProblems: { errors: 0, warnings: 0 },
  notices: [],
  auto,
  editors: installedEditors(workspace.buildEnvironment).map(({ id, name }) => ({ id, name })),
  runs: { server: null, build: null },
  blind: null,
  edited: [],
  programs: [...workspace.programs],
  suspended: [],
});
