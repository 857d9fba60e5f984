import type { RequestParams } from '#shared/contract.ts';
import type { Diagnoses } from '../../building/diagnoses.ts';
import { Fixes } from '../../building/fixes/fixes.ts';
import type { Result } from '../../result.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { SessionStore } from '../store.ts';

/** The session, as far as this needs it. */
interface Owner {
  readonly workspace: Workspace;
  readonly store: SessionStore;
}

/** The problems of the last build, and what the compiler would do about them. */
export class Problems {
  readonly #session: Owner;
  readonly #fixes = new Fixes();

  constructor(session: Owner) {
    this.#session = session;
  }

  /** @param began when the build did, in ms since the epoch. */
  async take({ problems, unlisted, fixes }: Diagnoses, began: number): Promise<void> {
    await this.#fixes.take(fixes, began);
    this.#session.store.set({ problems, unlistedProblems: unlisted });
  }

  /** Edits the files of a suggestion. What follows from that is the business of the build on save, or the user's. */
  async apply(params: RequestParams<'applySuggestion'>): Promise<Result<null>> {
    const { root, packages, targetDirectory } = this.#session.workspace;
    const applied = await this.#fixes.apply(
      { root, members: packages.folders, target: targetDirectory },
      params,
    );
    if (applied.ok) this.#mark(params);
    return applied;
  }

  #mark({ problemId, suggestionId }: RequestParams<'applySuggestion'>): void {
    const problems = this.#session.store.state.problems.map((problem) =>
      problem.id === problemId
        ? {
            ...problem,
            suggestions: problem.suggestions.map((each) =>
              each.id === suggestionId ? { ...each, state: 'applied' as const } : each,
            ),
          }
        : problem,
    );
    this.#session.store.set({ problems });
  }
}
