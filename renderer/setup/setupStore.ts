import { create } from 'zustand';
import type {
  Check,
  EngineState,
  Failure,
  RequestName,
  RequestParams,
  SetupReport,
  WayProof,
} from '#shared/contract.ts';
import { bridge } from '../state/bridge.ts';
import { noAnswer, REOPEN } from '../state/noAnswer.ts';
import { useWindow } from '../state/store.ts';

/** The requests of the setup view. */
export type SetupRequest = Extract<
  RequestName,
  'applySetup' | 'revertSetup' | 'useToolchain' | 'useLinker' | 'useKind'
>;

export interface Setup {
  /** Is the view on screen? */
  shown: boolean;
  /** The latest checks: the report's, or those of a look that was for them alone. */
  checks: readonly Check[];
  /** The latest report; null before the first answer. */
  report: SetupReport | null;
  /** Is a report asked for? */
  looking: boolean;
  /** Is cargo asked what the ways of the report come to? */
  proving: boolean;
  /** Why there is no newer report. */
  failure: Failure | null;
  /** The request that is carried out. */
  busy: SetupRequest | null;
  /** Why the last request was not carried out. */
  refused: Failure | null;
  /** What the last request changed in the files, and git's word on the manifests before that. */
  changed: { did: 'applied' | 'reverted'; gitBefore: readonly string[] | null } | null;
}

const nothing: Omit<Setup, 'shown'> = {
  checks: [],
  report: null,
  looking: false,
  proving: false,
  failure: null,
  busy: null,
  refused: null,
  changed: null,
};

/** Holds what is known of the setup, and the state of its view. */
export const useSetup = create<Setup>()(() => ({ shown: false, ...nothing }));

const { setState: set, getState: get } = useSetup;

/** Counts the questions: an answer that a later one has overtaken is old. */
let asked = 0;

/** Has the engine look at what is wrong, which is cheap: enough while nobody looks at the view. */
async function check(): Promise<void> {
  // Not counted: a report that is under way has the checks too.
  const turn = asked;
  const answer = await bridge()
    .query('setupChecks', {})
    .catch((error: unknown) => ({ ok: false as const, failure: noAnswer(error, REOPEN) }));
  if (turn === asked && answer.ok) set({ checks: answer.value });
}

/** Asks the engine to look at the workspace. Resolves with the report; what cargo says of its ways comes later. */
export async function refreshSetup(): Promise<void> {
  asked += 1;
  const turn = asked;
  set({ looking: true });
  const answer = await bridge()
    .query('setup', {})
    .catch((error: unknown) => ({ ok: false as const, failure: noAnswer(error, REOPEN) }));
  if (turn !== asked) return;
  if (!answer.ok) {
    set({ looking: false, proving: false, failure: answer.failure });
    return;
  }
  const report = withProofs(answer.value, get().report?.ways ?? []);
  set({ looking: false, report, checks: report.checks, failure: null, proving: true });
  void prove(turn);
}

async function prove(turn: number): Promise<void> {
  const answer = await bridge()
    .query('setupProofs', {})
    .catch(() => null);
  if (turn !== asked) return;
  const { report } = get();
  const proofs = answer?.ok === true ? answer.value : [];
  set({ proving: false, ...(report === null ? {} : { report: withProofs(report, proofs) }) });
}

/** A way whose plan has not changed keeps what cargo said about it, until cargo answers again. */
function withProofs(report: SetupReport, proofs: readonly WayProof[]): SetupReport {
  const known = new Map(proofs.map(({ plan, proof }) => [plan, proof]));
  const ways = report.ways.map((way) => ({ ...way, proof: known.get(way.plan) ?? null }));
  return { ...report, ways };
}

/** Opens the setup view, where there is a workspace to set up. */
export function showSetup(): void {
  if (workspaceOf(useWindow.getState().engine) === null) return;
  set({ shown: true, refused: null });
  if (!get().looking) void refreshSetup();
}

/** Closes the setup view. */
export const hideSetup = (): void => set({ shown: false });

/** Dismisses why the last request was not carried out. */
export const dropRefusal = (): void => set({ refused: null });

/** Carries out a request, then looks again. Resolves to whether it was granted. */
export async function changeSetup<N extends SetupRequest>(
  name: N,
  params: RequestParams<N>,
): Promise<boolean> {
  if (get().busy !== null) return false;
  const { report } = get();
  set({ busy: name, refused: null });
  const reply = await bridge()
    .request(name, params)
    .catch((error: unknown) => ({ ok: false as const, failure: noAnswer(error, REOPEN) }));
  if (!reply.ok) set({ busy: null, refused: reply.failure });
  const did = name === 'applySetup' ? 'applied' : name === 'revertSetup' ? 'reverted' : null;
  if (reply.ok && did !== null) set({ changed: { did, gitBefore: report?.git ?? null } });
  // Also after a refusal: what was shown may be no longer so.
  await refreshSetup();
  if (reply.ok) set({ busy: null });
  return reply.ok;
}

/** Returns the workspace that a setup would change: the open one, or the one that could not be opened. */
function workspaceOf(engine: EngineState | null): string | null {
  if (engine?.name === 'open') return engine.session.workspace.root;
  return engine?.name === 'failed' ? engine.root : null;
}

/** The first look waits until the workspace is on screen, ms. */
const CALM_MS = 800;

/**
 * Reads the checks, or the whole report while the view is open, whenever a workspace was opened or could not be; drops
 * what is known of another.
 * @returns what ends that.
 */
export function followSetup(): () => void {
  let [before, root]: [EngineState['name'] | null, string | null] = [null, null];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = ({ engine }: { engine: EngineState | null }): void => {
    const name = engine?.name ?? null;
    const now = engine?.name === 'opening' ? engine.root : workspaceOf(engine);
    // While a workspace is reopened, there is none for a moment.
    if (now === null || (name === before && now === root)) return;
    if (root !== null && now !== root) {
      asked += 1;
      set({ shown: false, ...nothing });
    }
    [before, root] = [name, now];
    clearTimeout(timer);
    if (name === 'opening') return;
    timer = setTimeout(() => void (get().shown ? refreshSetup() : check()), get().shown ? 0 : CALM_MS);
  };
  follow(useWindow.getState());
  const end = useWindow.subscribe(follow);
  return () => {
    end();
    clearTimeout(timer);
  };
}
