import type { Check } from '#shared/contract.ts';
import { shortName } from '../../rust/host.ts';
import type { InstalledToolchain } from '../../rust/toolchains.ts';
import { about } from './check.ts';
import { componentsCheck } from './components.ts';
import { overrideCheck } from './override.ts';
import { rustupCheck } from './rustup.ts';
import { type Rustup, type ToolchainCheckFacts, thenNightly } from './toolchainFacts.ts';

const toolchain = about({
  id: 'toolchain',
  group: 'toolchain',
  title: 'Toolchain',
  why: 'All modules share one Rust standard library, so one toolchain has to build everything; flags in profiles are taken by nightly only.',
});
/** What there is to say of Rust. Pure. */
export function toolchainChecks(facts: ToolchainCheckFacts): Check[] {
  const { toolchains } = facts;
  const first = rustupCheck(facts);
  if (toolchains.kind === 'plain') return [first, plainToolchain(toolchains.version, facts)];
  if (toolchains.kind !== 'rustup') return [first];
  return [first, activeCheck(toolchains, facts), overrideCheck(toolchains), componentsCheck(toolchains)];
}

function plainToolchain(version: string, facts: ToolchainCheckFacts): Check {
  if (facts.needed === null) return versioned(version, `rustc is ${version}.`, facts, null);
  if (isNightly(version) || facts.bootstrap)
    return versioned(version, `rustc is ${bootstrapped(version, facts)}.`, facts, null);
  return toolchain.problem(
    `rustc is ${version}, and the setup needs a nightly.`,
    `Install rustup, see rustup.rs.${thenNightly(facts.needed)}`,
  );
}

function activeCheck(toolchains: Rustup, facts: ToolchainCheckFacts): Check {
  const { active, installed } = toolchains;
  const nightly = newestNightly(installed);
  const take = nightly === null ? null : ({ kind: 'use-toolchain', toolchain: nightly.name } as const);
  const use =
    nightly === null
      ? 'Run `rustup toolchain install nightly`.'
      : `Have Hotdeck take ${shortName(nightly.name)} for this workspace; nothing else changes by that.`;
  if (active === null) {
    return toolchain.problem(
      'rustup names no toolchain for this workspace: no default was found.',
      facts.needed === null
        ? 'Run `rustup default stable`.'
        : `Run \`rustup default nightly\`${take === null ? '' : ', or have Hotdeck take the nightly'}.`,
      facts.needed === null ? null : take,
    );
  }
  const name = shortName(active.name);
  if (!active.installed) {
    const seen = `${name} is asked for (${reason(active)}), and it is not installed.`;
    if (facts.needed === 'nightly') return toolchain.problem(seen, use, take);
    return toolchain.problem(
      seen,
      isChannel(name)
        ? `Run \`rustup toolchain install ${name}\`.`
        : 'rustup can’t download it: put it back where it was, or name another toolchain.',
    );
  }
  const version = installed.find((each) => each.name === active.name)?.version ?? null;
  if (version === null) {
    return toolchain.unknown(
      `${name} is active, but its rustc did not say its version.`,
      `See what \`rustup run ${name} rustc --version\` says.`,
    );
  }
  const seen = `${name} is active (${reason(active)}): rustc ${bootstrapped(version, facts)}.`;
  if (facts.needed === 'nightly' && !isNightly(version) && !facts.bootstrap) {
    return toolchain.problem(`${seen} The setup needs a nightly.`, use, take);
  }
  return versioned(version, seen, facts, name);
}

/** @param name the toolchain, as rustup has it; null without rustup. */
function versioned(
  version: string,
  seen: string,
  { rustVersion }: ToolchainCheckFacts,
  name: string | null,
): Check {
  if (rustVersion === null || !older(version, rustVersion)) return toolchain.ok(seen);
  return toolchain.problem(`${seen} The workspace wants Rust ${rustVersion} or later.`, laterThan(name));
}

/** What brings a later Rust: an update moves a rolling channel only, not a version or the nightly of a day. */
function laterThan(name: string | null): string {
  if (name === null) return 'Update Rust the way it was installed, or install rustup, see rustup.rs.';
  return /^(stable|beta|nightly)$/.test(name)
    ? `Run \`rustup update ${name}\`.`
    : `Take a later toolchain: an update does not change ${name}.`;
}

/** Is it one that rustup can download, and not one of a folder? */
const isChannel = (name: string): boolean =>
  /^(stable|beta|nightly|\d+\.\d+(\.\d+)?)(-(beta|\d{4}-\d{2}-\d{2})\S*)?$/.test(name);

function reason({ because, where }: NonNullable<Rustup['active']>): string {
  switch (because) {
    case 'choice':
      return 'chosen in Hotdeck';
    case 'environment':
      return 'by RUSTUP_TOOLCHAIN';
    case 'directory':
      return `by rustup's override for ${where}`;
    case 'file':
      return `by ${where?.split('/').at(-1)}`;
    case 'default':
      return "rustup's default";
  }
}

const isNightly = (version: string): boolean => /-(nightly|dev)/.test(version);
const bootstrapped = (version: string, { bootstrap, needed }: ToolchainCheckFacts): string =>
  bootstrap && needed !== null && !isNightly(version)
    ? `${version}, which takes nightly's flags by RUSTC_BOOTSTRAP`
    : version;

/** `nightly` itself before those of a date, and the latest of these first. */
function newestNightly(installed: readonly InstalledToolchain[]): InstalledToolchain | null {
  const nightlies = installed.filter((each) => /^nightly(-|$)/.test(each.name));
  const rolling = nightlies.find((each) => !/^nightly-\d{4}-/.test(each.name));
  return rolling ?? nightlies.toSorted((one, other) => other.name.localeCompare(one.name))[0] ?? null;
}

function older(version: string, wanted: string): boolean {
  const parts = (text: string): number[] => (/^\d+(?:\.\d+)*/.exec(text)?.[0] ?? '').split('.').map(Number);
  const [have, want] = [parts(version), parts(wanted)];
  for (const [at, number] of want.entries()) if ((have[at] ?? 0) !== number) return (have[at] ?? 0) < number;
  return false;
}
