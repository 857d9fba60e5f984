import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgramChoice } from '#shared/contract.ts';
import { parseToml, tableAt, textAt } from '../rust/toml.ts';
import type { SetupChoices } from './choices.ts';
import { asArguments } from './programs.ts';

type Remembered = SetupChoices['program'];

/** What is remembered of a program that was chosen: which it is, and the features to turn on for it beside those before. */
export async function rememberedProgram(
  root: string,
  program: ProgramChoice,
  before: Remembered,
): Promise<NonNullable<Remembered>> {
  const { package: name, binary, missing } = program;
  const isSame = before?.package === name && before.binary === binary;
  const added = asArguments(name, missing, (await rootPackage(root)) === name);
  const features = [...new Set([...(isSame ? before.features : []), ...added])];
  return { package: name, binary, features };
}

/** The package whose manifest is that of the workspace; null where that has none. */
async function rootPackage(root: string): Promise<string | null> {
  const file = join(root, 'Cargo.toml');
  const parsed = parseToml(await readFile(file, 'utf8').catch(() => ''), file);
  return parsed.ok ? textAt(tableAt(parsed.value, 'package'), 'name') : null;
}
