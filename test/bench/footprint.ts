/** What a process holds: memory, open files, mappings; from the kernel's own tables. */
import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export interface Footprint {
  /** Bytes. */
  resident: number;
  files: number;
  /** Lines of the memory maps, and how many files of this folder stand in them (an old and a new one are two). */
  mappings: number;
  images: number;
}

/** @param folder whose mapped files are counted. */
export function footprint(pid: number, folder: string): Footprint {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const maps = readFileSync(`/proc/${pid}/maps`, 'latin1').trimEnd().split('\n');
  const inodes = maps.filter((line) => line.includes(folder)).map((line) => line.split(/ +/)[4]);
  return {
    resident: 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]),
    files: readdirSync(`/proc/${pid}/fd`).length,
    mappings: maps.length,
    images: new Set(inodes).size,
  };
}

let collect: (() => void) | null = null;

/** Bytes that this process has in use after a full collection: in its heap, and in buffers outside of it. */
export function usedAfterCollection(): { heap: number; buffers: number } {
  if (collect === null) {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('gc');
    if (typeof found !== 'function') throw new Error('This node gives no gc().');
    collect = () => Reflect.apply(found, undefined, []);
  }
  // What the first collection finalizes goes with the second.
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed, buffers: arrayBuffers };
}

/** What keeps this process awake, counted by kind: sockets, timers, watchers. */
export function awake(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
