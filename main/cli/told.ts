import { resolve } from 'node:path';
import { dataFolder } from './dataFolder.ts';
import type { Told } from './workspace.ts';

/** The options of every command that reads a workspace, as parseArgs takes them. */
export const TOLD_OPTIONS = { data: { type: 'string' }, program: { type: 'string' } } as const;

/** What they were given; a sentence where that is no use. */
export function toldOf(values: { data?: string | undefined; program?: string | undefined }): Told | string {
  if (values.data === '') return '--data takes a folder.';
  if (values.program === '') return '--program takes the name of a program.';
  const data = values.data === undefined ? dataFolder() : resolve(values.data);
  return { data, program: values.program ?? null };
}
