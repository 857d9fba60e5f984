import { list } from '#shared/list.ts';
import type { BuildOutcome } from '../../building/buildOutcome.ts';
import type { BuildSystem } from '../../building/buildSystem.ts';
import type { Choices } from '../../workspace/choices.ts';
import { type LeftOut, stampOf, stillLeftOut } from '../../workspace/leftOut.ts';
import type { Workspace } from '../../workspace/workspace.ts';

interface Options {
  choices: Choices;
  workspace(): Workspace;
  /** Modules that a server of this session has had open. */
  opened(): ReadonlySet<string>;
  /** Was it built once, and edited in this session? */
  isBeingEdited(name: string): boolean;
  /** The choices have changed: the workspace is to be read with them. */
  reread(): Promise<void>;
}

/** Builds without the members that Hotdeck added to the build, where the build fails only because of them. */
export class LeavingOut {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** A build failed. Leaves out the members that it failed for. @returns what is to be said of it; null: it failed for good. */
  async noteFailed(outcome: Extract<BuildOutcome, { kind: 'failed' }>): Promise<string | null> {
    const { choices, workspace, opened, isBeingEdited, reread } = this.#options;
    const read = workspace();
    const names = isOfTheMachine(outcome, read.buildSystem)
      ? []
      : membersToLeaveOut(read, culpritsOf(outcome));
    if (names.length === 0 || names.some((name) => opened().has(name) || isBeingEdited(name))) return null;
    const found = await Promise.all(
      names.map(async (name): Promise<LeftOut[]> => {
        const sources = read.addedSources.get(name);
        return sources === undefined
          ? []
          : [{ package: name, stamp: await stampOf(sources), said: wordsOf(outcome) }];
      }),
    );
    const others = choices.current.leftOut.filter((each) => !names.includes(each.package));
    // Where it can't be remembered it counts until the workspace is closed, as all choices do.
    await choices.change({ leftOut: [...others, ...found.flat()] });
    await reread();
    if (names.some((name) => workspace().added.includes(name))) return null;
    return `${list(names)} could not be built, and \`cargo build\` alone does not build ${names.length > 1 ? 'them' : 'it'}: building without.`;
  }

  /** Has one that is left out changed since it failed? */
  async hasChanged(): Promise<boolean> {
    const { leftOut } = this.#options.choices.current;
    if (leftOut.length === 0) return false;
    const { added, addedSources } = this.#options.workspace();
    const known = leftOut.filter((each) => addedSources.has(each.package) && !added.includes(each.package));
    return (await stillLeftOut(known, addedSources)).length < known.length;
  }
}

/** Packages that a build failed in, by name: those with errors, and the one whose build script failed. Pure. */
export function culpritsOf({
  problems,
  message,
}: Pick<Extract<BuildOutcome, { kind: 'failed' }>, 'problems' | 'message'>): (string | null)[] {
  const failed = problems.flatMap(({ level, package: name }) => (level === 'error' ? [name] : []));
  const script = /failed to run custom build command for `([^\s`]+)/.exec(message)?.[1];
  return [...new Set(script === undefined ? failed : [...failed, script])];
}

/** Is it the linker or the disk that failed, and so none of the members in particular? Pure. */
export function isOfTheMachine(
  { problems, message }: Pick<Extract<BuildOutcome, { kind: 'failed' }>, 'problems' | 'message'>,
  { linkTroubleOf }: Pick<BuildSystem, 'linkTroubleOf'>,
): boolean {
  const words = problems.flatMap(({ level, rendered }) => (level === 'error' ? [rendered] : []));
  const isFull = [message, ...words].some((text) => /No space left on device|Disk quota exceeded/.test(text));
  return isFull || linkTroubleOf(words) !== null;
}

type Read = Pick<Workspace, 'added' | 'builtAnyway' | 'program' | 'modules'> & {
  packages: Pick<Workspace['packages'], 'links' | 'crates'>;
};

/**
 * The added members without which a build would not fail: all that need a package that it failed in. None, where
 * `cargo build` alone builds such a package too, or where the program or a module that was named needs one. Pure.
 */
export function membersToLeaveOut(workspace: Read, culprits: readonly (string | null)[]): string[] {
  const { added, builtAnyway, program, modules } = workspace;
  const failed = culprits.flatMap((name) => name ?? []);
  if (failed.length === 0 || failed.length < culprits.length) return [];
  if (failed.some((name) => builtAnyway.has(name))) return [];
  const needs = neededBy(workspace);
  const reached = new Map(added.map((name) => [name, needs(name)]));
  const names = added.filter((name) => failed.some((each) => reached.get(name)?.has(each)));
  const explained = failed.every((each) => names.some((name) => reached.get(name)?.has(each)));
  const wanted = new Set([program.package, ...(modules?.names ?? [])]);
  return explained && !names.some((name) => wanted.has(name)) ? names : [];
}

/** Returns what gives the names of all packages that a package needs, with its own. */
function neededBy({ packages: { links, crates } }: Read): (name: string) => ReadonlySet<string> {
  const direct = new Map<string, Set<string>>();
  for (const { name, needs } of crates.units.values()) {
    const known = direct.get(name) ?? new Set();
    for (const id of needs) known.add(crates.units.get(id)?.name ?? id);
    direct.set(name, known);
  }
  return (name) => {
    const needed = new Set([name]);
    for (const each of needed)
      for (const next of [...(direct.get(each) ?? []), ...(links.get(each) ?? [])]) needed.add(next);
    return needed;
  };
}

/** The first error, or what cargo said, as a sentence. */
function wordsOf({ problems, message }: Extract<BuildOutcome, { kind: 'failed' }>): string {
  const first = problems.find(({ level }) => level === 'error')?.message ?? message;
  const [line = ''] = first.split('\n');
  return `${/[.!?]$/.test(line) ? line : `${line}.`}`;
}
