import { dirname } from 'node:path';
import { absolute, isOwn, isWithin, type SourceTree } from '../../building/sourceTree.ts';
import type { RustcSpan } from './rustc.ts';

/** Whether cargo's message is about a member, and not about a dependency that has the same name. */
export function isOfMember(tree: SourceTree, packageId: string, manifest: string | undefined): boolean {
  const folder = tree.members.get(tree.names.get(packageId) ?? '');
  return folder !== undefined && manifest !== undefined && dirname(manifest) === folder;
}

/**
 * The place that a span is about, as rustc's own frame has it: where the span lies in what a macro made of another
 * crate, the call of that macro; innermost first, in the crate itself before the rest of the workspace.
 */
export function placeOf(tree: SourceTree, crate: string | null, span: RustcSpan): RustcSpan {
  const chain = callChain(span);
  const within = (folder: string) => (each: RustcSpan) => isWithin(folder, absolute(tree, each.file_name));
  return (
    (crate === null ? undefined : chain.find(within(crate))) ??
    chain.find((each) => isOwn(tree, absolute(tree, each.file_name))) ??
    span
  );
}

/** A span and the macro calls that led to it, innermost first. */
function callChain(span: RustcSpan): RustcSpan[] {
  const chain = [span];
  for (let at = span.expansion; at != null; at = at.span.expansion) chain.push(at.span);
  return chain;
}
