import { createHash } from 'node:crypto';
import type { SetupWay } from './types.ts';

/** Names a way by all that it would do: what is applied is what was shown, byte for byte. */
export function planIdOf({ id, arguments: words, edits }: SetupWay): string {
  const parts = edits.map(({ file, before, after }) => [
    file,
    before === null ? null : hash(before),
    hash(after),
  ]);
  return hash(JSON.stringify([id, words, parts])).slice(0, 24);
}

const hash = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');
