import type { Block } from '../store/segmentReader.ts';

/** Neighboring blocks, as many together as reach some size. */
export function groupsOf(blocks: readonly Block[], bytes: number): Block[][] {
  const groups: Block[][] = [];
  let group: Block[] = [];
  for (const block of blocks) {
    const first = group[0];
    if (first !== undefined && block.begin.offset - first.begin.offset >= bytes) {
      groups.push(group);
      group = [];
    }
    group.push(block);
  }
  return group.length > 0 ? [...groups, group] : groups;
}
