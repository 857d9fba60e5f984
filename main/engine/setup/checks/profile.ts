import { basename } from 'node:path';
import type { Check } from '#shared/contract.ts';
import { about } from './check.ts';
import type { Scene } from './input.ts';

const check = about({
  id: 'profile',
  group: 'workspace',
  title: 'Build profile',
  why: 'The flags of the setup belong to the dev profile. A build with another one makes a static program without modules, which a reload signal shuts down.',
});

/** Is it the dev profile that is built? Pure. @param folder where cargo puts what it links. */
export function profileCheck(folder: string, buildArguments: readonly string[]): Check {
  if (basename(folder) === 'debug') return check.ok('cargo builds the dev profile.');
  const profile = buildArguments.find((each) => /^(--release|-r|--profile(=.*)?)$/.test(each));
  return check.problem(
    `cargo builds the ${basename(folder)} profile${profile === undefined ? '' : `, by ${profile}`}.`,
    'Take that out of "build": { "arguments": […] } in hotdeck.json.',
  );
}

/** Null where the flags are for every profile. */
export const profileOf = ({ plan, outputDirectory, buildArguments }: Scene): Check | null =>
  plan.kind === 'family' ? profileCheck(outputDirectory, buildArguments) : null;
