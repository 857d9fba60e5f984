import type { BuildTrigger } from '#shared/contract.ts';

/** What sets a build off; the files that it takes in are known when it begins. */
export type BuildRequest = Omit<BuildTrigger, 'files'>;

/** The Build button. */
export const ASKED: BuildRequest = { kind: 'asked', text: 'Build' };
/** A start of a server that was never built. */
export const FOR_START: BuildRequest = { kind: 'start', text: 'Start' };

/** A saved file. @param file relative to the workspace. */
export const byEdit = (file: string): BuildRequest => ({ kind: 'edit', text: file });

/** A reload that needs a build first. @param labels those of the modules that were asked for; none: all that changed. */
export const forReload = (labels: readonly string[] = []): BuildRequest => ({
  kind: 'reload',
  text: labels.length === 0 ? 'Reload' : `Reload ${labels.join(', ')}`,
});

/** The workspace is built in another way from now on. @param text what was changed. */
export const bySetup = (text: 'Setup' | 'Toolchain' | 'Linker' | 'Program'): BuildRequest => ({
  kind: 'set-up',
  text,
});
