import type { Check } from '#shared/contract.ts';
import { shortName } from '../../rust/host.ts';
import { about } from './check.ts';
import type { Rustup } from './toolchainFacts.ts';

const override = about({
  id: 'override',
  group: 'toolchain',
  title: 'Toolchain override',
  why: 'A toolchain file, a folder override or RUSTUP_TOOLCHAIN wins over the default: a build in a terminal may be by another toolchain than the one here, and libraries of two toolchains do not go together.',
});
/** What takes the place of the default toolchain? Pure. */
export function overrideCheck({ active, wanted }: Rustup): Check {
  if (wanted?.trouble != null) return override.problem(wanted.trouble, `Mend ${wanted.file}.`);
  if (active === null) return override.ok('None.');
  const file = wanted === null || wanted.channel === null ? null : `${wanted.file} names ${wanted.channel}`;
  const other = file !== null && shortName(wanted?.channel ?? '') !== shortName(active.name);
  switch (active.because) {
    case 'default':
      return override.ok('None: the default toolchain holds.');
    case 'file':
      return override.ok(`${active.where} names ${shortName(active.name)}.`);
    case 'directory':
      return override.ok(`\`rustup override\` sets ${shortName(active.name)} for ${active.where}.`);
    case 'environment':
      return override.ok(
        `RUSTUP_TOOLCHAIN is ${shortName(active.name)}${other ? `; ${file}, which does not count then` : ''}.`,
      );
    case 'choice':
      return other
        ? override.warning(
            `Hotdeck takes ${shortName(active.name)} here; ${file}, which a terminal probably takes.`,
            `Build in terminals with \`cargo +${shortName(active.name)}\`, or not at all while Hotdeck runs the server.`,
          )
        : override.ok(`Hotdeck takes ${shortName(active.name)} here; a terminal may take another.`);
  }
}
