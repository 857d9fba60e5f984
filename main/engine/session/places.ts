import { join } from 'node:path';
import type { Preferences, RequestParams } from '#shared/contract.ts';
import { failed, type Result } from '../result.ts';
import { openInEditor } from '../workspace/editor.ts';
import type { Place } from '../workspace/editors.ts';
import { findPlace } from '../workspace/sourcePlaces.ts';
import type { Session } from './session.ts';

/** Opens places of the workspace in the user's editor: what the window names by an id or by a text it shows. */
export class Places {
  readonly #session: Session;
  readonly #preferences: () => Preferences;

  constructor(session: Session, preferences: () => Preferences) {
    this.#session = session;
    this.#preferences = preferences;
  }

  async openProblem({ problemId }: RequestParams<'openProblem'>): Promise<Result<null>> {
    const problem = this.#session.store.state.problems.find((each) => each.id === problemId);
    if (problem === undefined || problem.file === null) {
      return failed('unknown-problem', 'That problem has no file to open.');
    }
    const file = join(problem.file.startsWith('/') ? '' : this.#session.workspace.root, problem.file);
    return this.#open({ file, line: problem.line ?? 1, column: problem.column ?? 1 });
  }

  async openModule({ module }: RequestParams<'openModule'>): Promise<Result<null>> {
    const folder = this.#session.workspace.packages.folders.get(module);
    if (folder === undefined)
      return failed('unknown-module', `There is no package ${module} in this workspace.`);
    return this.#open({ file: join(folder, 'Cargo.toml'), line: 1, column: 1 });
  }

  /** A place that a log or a compiler's output names. */
  async openPlace({ text }: RequestParams<'openPlace'>): Promise<Result<null>> {
    const place = await findPlace(text, this.#session.workspace);
    return place.ok ? this.#open(place.value) : place;
  }

  #open(place: Place): Promise<Result<null>> {
    const { root: cwd, editor: configured, buildEnvironment: env } = this.#session.workspace;
    return openInEditor({ configured, chosen: this.#preferences().editor, cwd, env }, place);
  }
}
