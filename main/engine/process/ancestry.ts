import { readFileSync } from 'node:fs';
import { parentIn } from './processTree.ts';

export interface NamedProcess {
  pid: number;
  /** Its name, as the kernel cuts it: 15 characters. */
  name: string;
  /** Its program and arguments; empty where they can't be read. */
  words: readonly string[];
}

const MOST = 32;

/** A process and those that it descends from, itself first; empty where it is gone or hidden. */
export function ancestryOf(pid: number): NamedProcess[] {
  const line: NamedProcess[] = [];
  for (let each: number | null = pid; each !== null && each > 0 && line.length < MOST; ) {
    const stat = textOf(each, 'stat');
    const name = /^\d+ \((.*)\) /s.exec(stat)?.[1];
    if (name === undefined) break;
    line.push({ pid: each, name, words: textOf(each, 'cmdline').split('\0').slice(0, -1) });
    each = parentIn(stat);
  }
  return line;
}

function textOf(pid: number, file: 'stat' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
