import type { SessionState } from '../../preload/contract.ts';

/** The state of a session in which nothing has happened, with what a test sets. */
export const aSession = (parts: Partial<SessionState> = {}): SessionState => ({
  workspace: { root: '/srv', name: 'srv', profile: 'generic', settings: [] },
  graph: { nodes: [], order: [], rolesFrom: 'manifests' },
  modules: {},
  server: { name: 'stopped' },
  build: { name: 'idle' },
  plan: { rule: 'stack', unload: [], load: [], restart: [], leftBehind: [], reasons: {} },
  lastReload: null,
  problems: [],
  notices: [],
  auto: { buildOnSave: true, reloadAfterBuild: false },
  edited: [],
  ...parts,
});
