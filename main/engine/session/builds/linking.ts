import type { BuildOutcome } from '../../building/buildOutcome.ts';
import { installAnother, type LinkTrouble } from '../../building/linkTrouble.ts';
import type { Choices } from '../../workspace/choices.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Notices } from '../notices/notices.ts';

interface Options {
  choices: Choices;
  workspace(): Workspace;
  /** The choices have changed: the workspace is to be read with them. */
  reread(): Promise<void>;
  notices: Notices;
}

/**
 * Watches how links go. When one fails for the linker's sake, the next that is installed is offered; one that was tried
 * is kept once it worked, and given back where it did not.
 */
export class Linking {
  readonly #options: Options;
  /** Linkers that failed since the last link that went well. */
  readonly #failed = new Set<string>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** A build has ended. */
  async noteBuild(outcome: Exclude<BuildOutcome, { kind: 'cancelled' }>): Promise<void> {
    if (outcome.kind === 'ok') return this.#noteWorked();
    const trouble = this.#options
      .workspace()
      .buildSystem.linkTroubleOf(outcome.problems.map(({ rendered }) => rendered));
    if (trouble !== null) await this.#offer(trouble);
  }

  async #noteWorked(): Promise<void> {
    const { choices, notices } = this.#options;
    this.#failed.clear();
    const { linker, worked } = choices.current;
    if (linker === null || worked.includes(linker)) return;
    const kept = await choices.change({ worked: [...worked, linker] });
    notices.add({
      kind: 'linker-worked',
      severity: 'info',
      message: `This workspace links with ${linker}. ${kept.ok ? 'It is used from now on.' : kept.failure.message}`,
      remedy: null,
      actions: [],
      modules: [],
    });
  }

  async #offer(trouble: LinkTrouble): Promise<void> {
    const { choices, notices, reread, workspace } = this.#options;
    const { linker, worked } = choices.current;
    const failed = linker ?? trouble.linker;
    if (failed !== null) this.#failed.add(failed);
    const unproven = linker !== null && !worked.includes(linker);
    if (unproven) {
      await choices.change({ linker: null });
      await reread();
    }
    const next = trouble.another ? await this.#next(workspace(), worked) : null;
    notices.clear('linker-worked');
    notices.add({
      kind: 'link-trouble',
      severity: 'error',
      message: `The build failed while linking: ${trouble.message}${unproven ? ` Reverted to the default linker.` : ''}`,
      remedy: remedyOf(trouble, next, [...this.#failed]),
      actions: next === null ? [] : ['try-linker'],
      modules: [],
      ...(next === null ? {} : { linker: next }),
    });
  }

  /** One that has worked here before; else the next of those that are installed. */
  async #next({ root, buildEnvironment }: Workspace, worked: readonly string[]): Promise<string | null> {
    const { installedLinkers, nextLinker } = await import('../../rust/linkers.ts');
    const { readToolchains } = await import('../../rust/toolchains.ts');
    const toolchains = await readToolchains(root, buildEnvironment);
    const installed = await installedLinkers(buildEnvironment, toolchains);
    const proven = installed.filter(({ id }) => worked.includes(id));
    return nextLinker(proven, [...this.#failed]) ?? nextLinker(installed, [...this.#failed]);
  }
}

function remedyOf({ another, remedy }: LinkTrouble, next: string | null, tried: readonly string[]): string {
  if (next !== null) {
    return `${next} is installed: try it. It is passed on cargo's command line; no file is changed. It is kept if it works.`;
  }
  const advice = remedy ?? installAnother(tried);
  return another
    ? `No other linker is installed${tried.length === 0 ? '' : ` (tried: ${tried.join(', ')})`}. ${advice}`
    : advice;
}
