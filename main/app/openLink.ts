import { shell } from 'electron';
import type { Failure } from '#shared/contract.ts';
import { judgeLink } from './linkPolicy.ts';
import { describe } from './log.ts';

/** Opens a link in the system's browser if the policy allows it; the only place that hands anything to the system. */
export async function openLink(text: string): Promise<Failure | null> {
  const verdict = judgeLink(text);
  if (!verdict.ok) return verdict.failure;
  try {
    await shell.openExternal(verdict.url);
    return null;
  } catch (error) {
    return {
      kind: 'link-failed',
      message: `No browser opened the link: ${describe(error)}`,
      remedy: 'Copy the link and open it yourself.',
    };
  }
}
