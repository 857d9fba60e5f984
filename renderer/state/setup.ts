import { create } from 'zustand';
import type {
  EngineState,
  Failure,
  RequestName,
  RequestParams,
  SetupReport,
} from '../../preload/contract.ts';
import { bridge } from './bridge.ts';
import { useWindow } from './store.ts';

/** The requests of the Set-up view. */
export type SetupRequest = Extract<RequestName, 'applySetup' | 'revertSetup' | 'useToolchain' | 'useLinker'>;

export interface Setup {
  /** Is the view on screen? */
  shown: boolean;
  /** The latest report; null before the first answer. */
  report: SetupReport | null;
  /** Is a report asked for? */
  looking: boolean;
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
  report: null,
  looking: false,
  failure: null,
  busy: null,
  refused: null,
  changed: null,
};

export const useSetup = create<Setup>()(() => ({ shown: false, ...nothing }));

const { setState: set, getState: get } = useSetup;

/** Counts the questions: an answer that a later one has overtaken is old. */
let asked = 0;

/** Asks the engine to look at the workspace. */
export async function lookAtSetup(): Promise<void> {
  asked += 1;
  const turn = asked;
  set({ looking: true });
  const answer = await bridge()
    .query('setup', {})
    .catch((error: unknown) => ({ ok: false as const, failure: noAnswer(error) }));
  if (turn !== asked) return;
  if (answer.ok) set({ looking: false, report: answer.value, failure: null });
  else set({ looking: false, failure: answer.failure });
}

export function showSetup(): void {
  if (workspaceOf(useWindow.getState().engine) === null) return;
  set({ shown: true, refused: null });
  if (!get().looking) void lookAtSetup();
}

export const hideSetup = (): void => set({ shown: false });

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
    .catch((error: unknown) => ({ ok: false as const, failure: noAnswer(error) }));
  if (!reply.ok) set({ busy: null, refused: reply.failure });
  const did = name === 'applySetup' ? 'applied' : name === 'revertSetup' ? 'reverted' : null;
  if (reply.ok && did !== null) set({ changed: { did, gitBefore: report?.git ?? null } });
  // Also after a refusal: what was shown may be no longer so.
  await lookAtSetup();
  if (reply.ok) set({ busy: null });
  return reply.ok;
}

const noAnswer = (error: unknown): Failure => ({
  kind: 'no-answer',
  message: `Hotdeck got no answer: ${error instanceof Error ? error.message : String(error)}`,
  remedy: 'Try again; if it stays like this, close the window and open it anew.',
});

/** The workspace that a set-up would be about: the open one, or the one that could not be opened. */
function workspaceOf(engine: EngineState | null): string | null {
  if (engine?.name === 'open') return engine.session.workspace.root;
  return engine?.name === 'failed' ? engine.root : null;
}

/** The first look waits until the workspace is on screen, ms. */
const CALM_MS = 800;

/** Looks anew whenever a workspace was opened or could not be; drops what is known of another. Returns what ends that. */
export function followSetup(): () => void {
  let [before, root]: [EngineState['name'] | null, string | null] = [null, null];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = ({ engine }: { engine: EngineState | null }): void => {
    const name = engine?.name ?? null;
    const now = engine?.name === 'opening' ? engine.root : workspaceOf(engine);
    // While a workspace is opened anew, there is none for a moment.
    if (now === null || (name === before && now === root)) return;
    if (root !== null && now !== root) {
      asked += 1;
      set({ shown: false, ...nothing });
    }
    [before, root] = [name, now];
    clearTimeout(timer);
    if (name !== 'opening') timer = setTimeout(() => void lookAtSetup(), get().shown ? 0 : CALM_MS);
  };
  follow(useWindow.getState());
  const end = useWindow.subscribe(follow);
  return () => {
    end();
    clearTimeout(timer);
  };
}
