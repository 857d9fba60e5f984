import type { Check } from '#shared/contract.ts';
import { list } from '#shared/list.ts';
import { shortName } from '../../rust/host.ts';
import { about } from './check.ts';
import { type Rustup, type ToolchainCheckFacts, thenNightly } from './toolchainFacts.ts';

const rustup = about({
  id: 'rustup',
  group: 'toolchain',
  title: 'rustup',
  why: 'rustup keeps several toolchains beside each other, so that the nightly which the setup may need leaves the rest of your work alone.',
});
/** Is there a rustup, and is its cargo the one that is found? Pure. */
export function rustupCheck({ toolchains, needed }: ToolchainCheckFacts): Check {
  switch (toolchains.kind) {
    case 'none':
      return rustup.problem(
        'Neither rustup nor rustc is on the PATH.',
        `Install Rust with rustup, see rustup.rs; if it is installed, put its folder (usually ~/.cargo/bin) on the PATH.${thenNightly(needed)}`,
      );
    case 'unknown':
      return rustup.unknown(toolchains.why, 'See in a terminal whether `rustup toolchain list` answers.');
    case 'plain':
      return withoutRustup(needed);
    case 'rustup':
      return installedRustup(toolchains);
  }
}

function withoutRustup(needed: ToolchainCheckFacts['needed']): Check {
  const seen = 'rustup is not on the PATH; Rust comes from elsewhere, probably from the distribution.';
  return needed === null
    ? rustup.ok(seen)
    : rustup.warning(seen, 'Install rustup, see rustup.rs, to have a nightly beside it.');
}

function installedRustup({ version, installed, otherCargo }: Rustup): Check {
  const count = installed.length === 1 ? 'one toolchain' : `${installed.length} toolchains`;
  const seen = `${version?.replace(/ \(.*/, '') ?? 'rustup'} has ${count}${installed.length === 0 ? '' : `: ${list(installed.map((each) => shortName(each.name)))}`}.`;
  if (otherCargo === null) return rustup.ok(seen);
  return rustup.warning(
    `${seen} But the cargo on the PATH is ${otherCargo}, which is not rustup's.`,
    "Put the folder of rustup's own cargo (usually ~/.cargo/bin) before it on the PATH: another cargo ignores what rustup or Hotdeck chooses.",
  );
}
