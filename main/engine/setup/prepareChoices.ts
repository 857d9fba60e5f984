import { readdir, realpath } from 'node:fs/promises';
import type { Failure } from '#shared/contract.ts';
import { Choices, setupFolder } from '../workspace/choices.ts';

/**
 * The choices for a workspace that is about to be opened, and what was wrong with them. Where an apply or a revert was cut off, it is finished first.
 * What that takes is loaded only where something was ever applied: most workspaces open without.
 */
export async function prepareChoices(options: {
  root: string;
  data: string | null;
  env: NodeJS.ProcessEnv;
}): Promise<{ choices: Choices; failures: Failure[] }> {
  const root = await realpath(options.root).catch(() => options.root);
  const folder = options.data === null ? null : setupFolder(options.data, root);
  const choices = await Choices.load(folder);
  const failures = choices.broken === null ? [] : [choices.broken];
  const kept = folder === null ? [] : await readdir(folder).catch(() => []);
  if (kept.some((name) => !name.startsWith('choices.json')) || choices.current.flags.length > 0) {
    const { Setup } = await import('./setup.ts');
    const finished = await new Setup({ ...options, root, choices }).finish();
    if (!finished.ok) failures.push(finished.failure);
  }
  return { choices, failures };
}
