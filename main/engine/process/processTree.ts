import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

/**
 * A process and all that descend from it, parents first. A child that was left to init by its parent's end is none of
 * them. The kernel lists the children of each thread (CONFIG_PROC_CHILDREN); one built without that is asked for
 * everybody's parent instead.
 * @returns `[pid]` alone where nobody can be asked.
 */
export function familyOf(pid: number): number[] {
  const children = listsChildren() ? childrenOf : childrenByParent();
  const family = [pid];
  for (const member of family) {
    for (const child of children(member)) if (!family.includes(child)) family.push(child);
  }
  return family;
}

let lists: boolean | null = null;

/** Whether the kernel lists children, so that `childrenOf` tells. */
export function listsChildren(): boolean {
  lists ??= existsSync(`/proc/self/task/${process.pid}/children`);
  return lists;
}

/** The children that a process has now; none where the kernel lists none. */
export function childrenOf(pid: number): number[] {
  const tasks = `/proc/${pid}/task`;
  return entries(tasks).flatMap((task) => numbersIn(textOf(`${tasks}/${task}/children`)));
}

/** Reads the whole table of processes, once. */
export function childrenByParent(): (pid: number) => number[] {
  const children = new Map<number, number[]>();
  for (const name of entries('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentIn(textOf(`/proc/${name}/stat`));
    if (parent === null) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [Number(name)]);
    else siblings.push(Number(name));
  }
  return (pid) => children.get(pid) ?? [];
}

/** The parent in the text of /proc/PID/stat (proc_pid_stat(5)): the name before it, in parentheses, may hold anything. */
export function parentIn(stat: string): number | null {
  const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  return parent !== undefined && /^\d+$/.test(parent) ? Number(parent) : null;
}

const numbersIn = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // It has ended meanwhile, or there is no /proc: either way it has no children to look at.
    return [];
  }
}

/** What a file of a process usually fits into: reading it takes half as long than asking for its size and making room. */
const room = Buffer.alloc(4096);

function textOf(file: string): string {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const length = readSync(descriptor, room, 0, room.length, 0);
      if (length < room.length) return room.toString('latin1', 0, length);
    } finally {
      closeSync(descriptor);
    }
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
