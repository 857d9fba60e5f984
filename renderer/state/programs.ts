import type { ProgramChoice } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';

/** Names a program; with its package where another has the same name. */
export const programName = (program: ProgramChoice, all: readonly ProgramChoice[]): string =>
  all.filter(({ binary }) => binary === program.binary).length > 1
    ? `${program.package} / ${program.binary}`
    : program.binary;

/** Says where a program comes from, and what choosing it turns on. */
export function programHint({ package: name, kind, missing }: ProgramChoice): string {
  const from = kind === 'example' ? `an example of the package ${name}` : `package ${name}`;
  if (missing.length === 0) return from;
  return `${from}; turns on the ${plural(missing.length, 'feature', 'features')} ${missing.join(', ')}`;
}
