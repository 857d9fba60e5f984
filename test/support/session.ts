import type { KindFinding, LastReload, SessionState } from '#shared/contract.ts';

/** The kind of a workspace of which nothing is known. */
export const A_KIND: KindFinding = {
  kind: 'unknown',
  from: 'detected',
  detected: 'unknown',
  evidence: 'Nothing was seen.',
};

/** The state of a session in which nothing has happened, with what a test sets. */
export const aSession = (parts: Partial<SessionState> = {}): SessionState => ({
  workspace: {
    root: '/srv',
    name: 'srv',
    profile: 'generic',
    newness: 'file-identity',
    reload: { by: 'signal', signal: 'SIGINT' },
    settings: [],
    kind: A_KIND,
  },
  mode: { name: 'modules' },
  graph: { nodes: [], order: [], rolesFrom: 'manifests' },
  modules: {},
  server: { name: 'stopped' },
  build: { name: 'idle' },
  plan: {
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
  },
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
});

/** A reload in which nothing happened, with what a test sets. */
export const aReload = (parts: Partial<LastReload> = {}): LastReload => ({
  number: 1,
  cause: 'reload',
  startedAt: 0,
  took: 1,
  verdict: 'nothing',
  evidence: 'maps',
  message: '',
  steps: [],
  swapped: [],
  stayed: [],
  unchanged: [],
  along: [],
  stuck: [],
  deviations: [],
  disagreements: [],
  lines: [],
  coreFile: null,
  pid: null,
  answers: null,
  past: '',
  plan: aSession().plan,
  ...parts,
});
