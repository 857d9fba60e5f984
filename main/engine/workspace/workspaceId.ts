import { createHash } from 'node:crypto';
import { basename } from 'node:path';

/** The name of a workspace's own folder among the stored logs: readable, and another one for another path. */
export function workspaceId(root: string): string {
  const readable = basename(root)
    .replaceAll(/[^A-Za-z0-9_-]/g, '_')
    .slice(0, 40);
  return `${readable}-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`;
}
