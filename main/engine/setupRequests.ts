import type { QuestionHandlers, RequestHandlers } from './requests.ts';
import { failed, type Result, success } from './result.ts';
import { type BuildRequest, bySetup } from './session/builds/buildTrigger.ts';
import type { OpenSession } from './session/openSession.ts';
import type { Setup } from './setup/setup.ts';

export interface SetupHost {
  /** The setup of the workspace that is open or failed to open; null where none was asked for. */
  setup(): Promise<Setup | null>;
  session(): OpenSession | null;
  /** Opens the workspace again that could not be opened. */
  reopen(): Promise<void>;
}

type SetupHandlers = Pick<
  RequestHandlers & QuestionHandlers,
  | 'setup'
  | 'setupChecks'
  | 'setupProofs'
  | 'applySetup'
  | 'revertSetup'
  | 'useToolchain'
  | 'useLinker'
  | 'useKind'
>;

const NO_WORKSPACE = failed('no-workspace', 'No workspace is open.', 'Open one first.');
const SERVER_RUNS = failed(
  'server-runs',
  'This triggers a full rebuild, and the running server won’t be compatible with it.',
  'Shut the server down first.',
);

/** The requests around a setup. After each that changes something the workspace is read, and built, again. */
export function setupHandlers(host: SetupHost): SetupHandlers {
  const ask = async <T>(what: (setup: Setup) => Promise<Result<T>>): Promise<Result<T>> => {
    const setup = await host.setup();
    return setup === null ? NO_WORKSPACE : what(setup);
  };
  const change = async (
    act: (setup: Setup) => Promise<Result<null>>,
    what: { trigger: BuildRequest; besideServer: boolean; build: 'now' | 'as saves do' },
  ): Promise<Result<null>> => {
    const setup = await host.setup();
    if (setup === null) return NO_WORKSPACE;
    const open = host.session();
    if (!what.besideServer && open !== null && open.session.server.pid !== null) return SERVER_RUNS;
    // What is being built is out of date with the first byte that changes.
    open?.session.builds.cancel();
    const done = await act(setup);
    // Also where it failed: it may have got half way.
    if (open === null) await host.reopen();
    else await open.actions.afterSetup({ trigger: what.trigger, build: done.ok ? what.build : 'no' });
    return done;
  };
  const setUp = { trigger: bySetup('Setup'), besideServer: false, build: 'as saves do' } as const;
  const toolchain = { ...setUp, trigger: bySetup('Toolchain') };
  const linker = { trigger: bySetup('Linker'), besideServer: true, build: 'now' } as const;
  return {
    setup: () => ask((setup) => setup.report()),
    setupChecks: () => ask(async (setup) => success(await setup.checks())),
    setupProofs: () => ask(async (setup) => success(await setup.proofs())),
    applySetup: (params) => change((setup) => setup.apply(params.way, params.plan), setUp),
    revertSetup: (params) => change((setup) => setup.revert(params.resolutions), setUp),
    useToolchain: (params) => change((setup) => setup.useToolchain(params.toolchain), toolchain),
    useKind: async (params) => {
      const done = await ask((setup) => setup.useKind(params.kind));
      const open = host.session();
      if (open === null) await host.reopen();
      else await open.session.reread();
      return done;
    },
    useLinker: (params) => change((setup) => setup.useLinker(params.linker), linker),
  };
}
