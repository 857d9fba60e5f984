import { readdir, realpath } from 'node:fs/promises';
import { Choices, setupFolder } from './choices.ts';

/**
 * The choices for a workspace that is about to be opened. Where an apply or a revert was cut off, it is finished first.
 * What that takes is loaded only where something was ever applied: most workspaces open without.
 */
export async function prepareChoices(options: {
  root: string;
  data: string | null;
  env: NodeJS.ProcessEnv;
}): Promise<Choices> {
  const root = await realpath(options.root).catch(() => options.root);
  const folder = options.data === null ? null : setupFolder(options.data, root);
  const choices = await Choices.load(folder);
  const kept = folder === null ? [] : await readdir(folder).catch(() => []);
  if (kept.some((name) => !name.startsWith('choices.json')) || choices.current.flags.length > 0) {
    const { Setup } = await import('./setup.ts');
    await new Setup({ ...options, root, choices }).finish();
  }
  return choices;
}
