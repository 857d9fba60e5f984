import { join } from 'node:path';
import { readLinkedFile } from './elfFile.ts';
import type { Workspace } from './workspace.ts';

/** What keeps a library mapped, as far as the linked files tell: a sentence, or null. */
export function holderOf(workspace: Workspace, name: string): string | null {
  const fileOf = (library: { file: string }): string => join(workspace.outputDirectory, library.file);
  const library = workspace.libraries.find((each) => each.package === name);
  if (library === undefined) return null;
  if (readLinkedFile(fileOf(library))?.noDelete) return 'It is linked NODELETE, so it can never be unloaded.';
  const holder = workspace.libraries.find((each) => {
    const linked = readLinkedFile(fileOf(each));
    return linked?.noDelete === true && linked.needed.includes(library.file);
  });
  if (holder !== undefined) return `${holder.package}, which is linked NODELETE, holds it.`;
  return 'Something in the process still holds it open.';
}
