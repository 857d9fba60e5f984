import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { plural } from '#shared/count.ts';
import { list } from '#shared/list.ts';
import { withoutTexts } from '../workspace/rustCode.ts';
import { rustFilesIn } from '../workspace/rustFiles.ts';
import type { Seen } from './look.ts';

const THREAD_LOCAL = /\bthread_local!/;

/**
 * Says what sharing the standard library may break, a sentence each. With a copy inside, a library that has left a
 * thread-local's destructor behind stays mapped; with a shared one it is unmapped, and the thread's end calls what is no
 * longer there (rust-lang/rust#88737).
 */
export async function findRisks({ root, plan, opened }: Seen): Promise<string[]> {
  if (plan.kind !== 'generic') return [];
  const folders = opened.ok ? opened.value.packages.folders : new Map<string, string>();
  const modules = plan.modules.flatMap((name) => folders.get(name) ?? []);
  const files = (await Promise.all(modules.map((folder) => rustFilesIn(join(folder, 'src'))))).flat();
  const found: string[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (THREAD_LOCAL.test(withoutTexts(text))) found.push(relative(root, file));
  }
  if (found.length === 0) return [];
  const [first = ''] = found;
  const where = found.length > 2 ? `${first} and ${found.length - 1} other files` : list(found);
  return [
    `${where} ${plural(found.length, 'uses', 'use')} thread_local!. If such a value has a destructor, and a thread that has used it outlives a reload, the program can crash when that thread ends: with a shared standard library, Rust unloads the module anyway (rust-lang/rust#88737).`,
  ];
}
