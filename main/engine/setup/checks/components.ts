import type { Check } from '#shared/contract.ts';
import { list } from '#shared/list.ts';
import { shortName } from '../../rust/host.ts';
import { missingParts } from '../../rust/toolchainFile.ts';
import { about } from './check.ts';
import type { Rustup } from './toolchainFacts.ts';

const components = about({
  id: 'components',
  group: 'toolchain',
  title: 'Components',
  why: 'Every build needs cargo and rustc; with rust-src, a line of the standard library in a panic can be opened.',
});

/** Has the active toolchain all that it needs? Pure. */
export function componentsCheck({ active, wanted, components: installed, host }: Rustup): Check {
  if (active === null)
    return components.unknown('No toolchain is active, so there are no components to check.');
  if (!active.installed)
    return components.unknown('The toolchain is not installed, so it has no components yet.');
  if (installed === null)
    return components.unknown(
      `${shortName(active.name)} has no readable list of components; probably rustup did not install it.`,
    );
  const name = shortName(active.name);
  const core = missingParts({ components: ['cargo', 'rustc'], targets: [host] }, installed);
  const missing = [...core.components, ...core.targets.map((each) => `rust-std for ${each}`)];
  if (missing.length > 0) {
    return components.problem(`${name} lacks ${list(missing)}.`, `Run ${adding(name, core)}.`);
  }
  // What the file wants, rustup installs into the toolchain that the file names.
  if (active.because === 'file' && wanted !== null) {
    const parts = missingParts(wanted, installed);
    if (parts.components.length + parts.targets.length > 0) {
      return components.warning(
        `${wanted.file} also asks for ${list([...parts.components, ...parts.targets])}, which ${name} lacks. A build may work without them.`,
        `Run ${adding(name, parts)}; rustup may also download them automatically at the next build.`,
      );
    }
  }
  const source = missingParts({ components: ['rust-src'], targets: [] }, installed).components.length === 0;
  return components.ok(
    `${name} has cargo, rustc and rust-std${source ? ', and rust-src' : '; rust-src is not installed, which an ordinary build does not need'}.`,
  );
}

/** The commands that add parts to a toolchain. */
function adding(name: string, { components: parts, targets }: ReturnType<typeof missingParts>): string {
  const commands = [
    ...(parts.length === 0 ? [] : [`\`rustup component add --toolchain ${name} ${parts.join(' ')}\``]),
    ...(targets.length === 0 ? [] : [`\`rustup target add --toolchain ${name} ${targets.join(' ')}\``]),
  ];
  return commands.join(' and ');
}
