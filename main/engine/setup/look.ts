import { type Environment, userEnvironment } from '../environment.ts';
import type { Result } from '../result.ts';
import { openWorkspace } from '../workspace/open.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { planSetup } from './planSetup.ts';
import { readSources } from './readSources.ts';
import { readToolchains, type Toolchains } from './toolchains.ts';
import type { SetupChoices, SetupPlan, SourceFile } from './types.ts';

/** The workspace whose set-up is looked at. */
export interface Subject {
  root: string;
  /** The environment that the program itself has. */
  env: NodeJS.ProcessEnv;
  choices: SetupChoices;
  /** The workspace, or why it can't be opened; null where that is to be found out. */
  opened: Result<Workspace> | null;
}

/** What everything that is said of a set-up follows from. */
export interface Seen {
  root: string;
  /** The user's environment, before anything that was chosen. */
  env: Environment;
  choices: SetupChoices;
  files: readonly SourceFile[];
  plan: SetupPlan;
  toolchains: Toolchains;
  /** The workspace, or why it can't be opened. */
  opened: Result<Workspace>;
}

/** Looks at a workspace. Changes, builds and installs nothing; cargo is asked only for what the workspace is. */
export async function look({ root, env, choices, opened: known }: Subject): Promise<Seen> {
  const plain = userEnvironment(env);
  const [{ files, refusals }, toolchains, opened] = await Promise.all([
    readSources(root),
    readToolchains(root, plain, choices.toolchain),
    known ?? openWorkspace(root, env, choices),
  ]);
  return { root, env: plain, choices, files, plan: planSetup(files, refusals), toolchains, opened };
}
