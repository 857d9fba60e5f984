import { isDeepStrictEqual } from 'node:util';
import type { Applied, SetupReport, Way } from '../../../preload/contract.ts';
import { type Environment, userEnvironment } from '../environment.ts';
import { withToolchain } from '../workspace/chosen.ts';
import { openWorkspace } from '../workspace/open.ts';
import { diffOf } from './changes/diffOf.ts';
import { gitStatus, isDirty } from './changes/gitStatus.ts';
import { runChecks } from './checks/runChecks.ts';
import { installedLinkers, LINKERS } from './linkers.ts';
import { toolchainNeed } from './nightly.ts';
import { planIdOf } from './planId.ts';
import { planSetup } from './planSetup.ts';
import { proveWay } from './proof.ts';
import { readSources } from './readSources.ts';
import { readToolchains, type Toolchains } from './toolchains.ts';
import type { SetupChoices, SetupPlan, SetupWay } from './types.ts';

interface Subject {
  root: string;
  /** The environment that the program itself has. */
  env: NodeJS.ProcessEnv;
  choices: SetupChoices;
  applied: Applied | null;
}

/** Looks at everything that the set-up of a workspace is about. Changes and builds nothing. */
export async function makeReport({ root, env, choices, applied }: Subject): Promise<SetupReport> {
  const plain = userEnvironment(env);
  const [{ files, refusals }, toolchains, git, opened] = await Promise.all([
    readSources(root),
    readToolchains(root, plain, choices.toolchain),
    gitStatus(root, plain),
    openWorkspace(root, env, choices),
  ]);
  const plan = planSetup(files, refusals);
  const workspace = opened.ok ? opened.value : null;
  const failure = opened.ok ? null : opened.failure;
  const tools: Tools = {
    root,
    plan,
    choices,
    git,
    buildArguments: workspace?.buildArguments ?? [...choices.flags],
    env: askingEnvironment(plain, choices, plan, toolchains),
  };
  const [checks, installed, ways] = await Promise.all([
    runChecks({ root, env: plain, plan, files, choices, workspace, failure }),
    installedLinkers(plain, toolchains),
    Promise.all(plan.ways.map((way) => show(way, tools))),
  ]);
  return {
    root,
    checks,
    ways,
    applied,
    git,
    toolchains: toolchains.kind === 'rustup' ? toolchains.installed.map(({ name }) => name) : [],
    toolchain: choices.toolchain,
    linkers: LINKERS.map((id) => ({
      id,
      version: installed.find((each) => each.id === id)?.version ?? null,
      worked: choices.worked.includes(id),
    })),
    linker: choices.linker,
  };
}

interface Tools {
  root: string;
  plan: SetupPlan;
  choices: SetupChoices;
  git: string[] | null;
  /** What `cargo build` is given now. */
  buildArguments: readonly string[];
  env: Environment;
}

async function show(way: SetupWay, tools: Tools): Promise<Way> {
  const { root, plan, git, env } = tools;
  const done = isDone(way, tools);
  // Edits that are not made yet can't be asked about.
  const asks = way.id === 'flags' || done;
  return {
    id: way.id,
    done,
    arguments: way.arguments,
    files: way.edits.map((edit) => diffOf(edit, isDirty(git, edit.file))),
    lines: way.edits.reduce((sum, { lines }) => sum + lines, 0),
    refusals: way.refusals,
    plan: planIdOf(way),
    proof: asks ? await proveWay(root, argumentsWith(way, tools), env, plan) : null,
  };
}

/** Nothing is left to do: all of it is in the files, or what can be outside of them is chosen. */
function isDone(way: SetupWay, { plan, choices }: Tools): boolean {
  const isEmpty = ({ edits, refusals }: SetupWay): boolean => edits.length + refusals.length === 0;
  if (!isEmpty(way)) return false;
  const inFiles = plan.ways.some((each) => each.id === 'edits' && isEmpty(each));
  return way.id === 'edits' || inFiles || isDeepStrictEqual(choices.flags, way.arguments);
}

/** What cargo would be given on this way. */
function argumentsWith(way: SetupWay, { buildArguments, choices: { flags } }: Tools): string[] {
  const start = buildArguments.findIndex((_, at) =>
    isDeepStrictEqual(buildArguments.slice(at, at + flags.length), flags),
  );
  const others = start < 0 ? buildArguments : buildArguments.toSpliced(start, flags.length);
  return [...others, ...way.arguments];
}

/** With the toolchain that a set-up would choose. */
function askingEnvironment(
  plain: Environment,
  { toolchain }: SetupChoices,
  plan: SetupPlan,
  toolchains: Toolchains,
): Environment {
  const need = toolchainNeed(plan, toolchains);
  return withToolchain(plain, need.kind === 'choose' ? need.toolchain : toolchain);
}
