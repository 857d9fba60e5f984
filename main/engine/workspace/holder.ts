import { byName, neededBy } from '../elf/linkage.ts';
import { readLinkedFile } from './elfFile.ts';
import { linkedLibraries } from './roles.ts';
import type { Workspace } from './workspace.ts';

/** What keeps a library mapped, as far as the linked files tell: a sentence, or null. */
export function holderOf(workspace: Workspace, name: string): string | null {
  const files = linkedLibraries(workspace, readLinkedFile);
  const library = files.find((each) => each.package === name);
  if (library === undefined) return null;
  if (library.noDelete) return 'It is linked NODELETE, so it can never be unloaded.';
  const known = byName(files);
  const holder = files.find((each) => each.noDelete && neededBy(each, known).has(library));
  if (holder !== undefined) return `${holder.package}, which is linked NODELETE, holds it.`;
  return 'Its files do not say why: the server may not have closed it, or what holds it is a handle that is still open, a thread that ends in it, or a symbol that is one for the whole process.';
}
