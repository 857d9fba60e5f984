import type { KindFinding } from '#shared/contract.ts';
import { type Environment, userEnvironment } from '../environment.ts';
import type { Result } from '../result.ts';
import { readToolchains, type Toolchains } from '../rust/toolchains.ts';
import type { SetupChoices } from '../workspace/choices.ts';
import { currentKind } from '../workspace/kindReader.ts';
import { openWorkspace } from '../workspace/open.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { planSetup } from './planSetup.ts';
import { readSources } from './readSources.ts';
import type { SetupPlan, SourceFile } from './types.ts';

/** The workspace whose setup is looked at. */
export interface Subject {
  root: string;
  /** The environment that the program itself has. */
  env: NodeJS.ProcessEnv;
  choices: SetupChoices;
  /** The workspace, or why it can't be opened; null where that is to be found out. */
  opened: Result<Workspace> | null;
  /** The modules that a server of this workspace has had open; none where that is not known. */
  running?: ReadonlySet<string>;
}

/** What everything that is said of a setup follows from. */
export interface Seen {
  root: string;
  /** The user's environment, before anything that was chosen. */
  env: Environment;
  choices: SetupChoices;
  files: readonly SourceFile[];
  plan: SetupPlan;
  /** What the workspace is, by the files that are there now; null where it can't be opened. */
  kind: KindFinding | null;
  toolchains: Toolchains;
  /** The workspace, or why it can't be opened. */
  opened: Result<Workspace>;
  /** The modules that a server of it has had open: proof that they can be opened. */
  running: ReadonlySet<string>;
}

/** Looks at a workspace. Changes, builds and installs nothing; cargo is asked only for what the workspace is. */
export async function look({
  root,
  env,
  choices,
  opened: known,
  running = new Set(),
}: Subject): Promise<Seen> {
  const plain = userEnvironment(env);
  const [{ files, refusals }, toolchains, opened] = await Promise.all([
    readSources(root),
    readToolchains(root, plain, choices.toolchain),
    known ?? openWorkspace(root, env, choices),
  ]);
  const kind = opened.ok ? currentKind(opened.value) : null;
  const plan = planSetup(files, refusals, kind?.kind ?? null);
  return { root, env: plain, choices, files, plan, kind, toolchains, opened, running };
}
