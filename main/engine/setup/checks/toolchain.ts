import type { Check } from '../../../../preload/contract.ts';
import { shortName } from '../machine/host.ts';
import { missingParts } from '../machine/toolchainFile.ts';
import type { InstalledToolchain, Toolchains } from '../toolchains.ts';
import { about, listed } from './check.ts';

export interface ToolchainCheckFacts {
  toolchains: Toolchains;
  /** What the set-up's flags need. */
  needed: 'nightly' | null;
  /** `rust-version` of the workspace; null where it names none. */
  rustVersion: string | null;
  /** RUSTC_BOOTSTRAP is set: stable takes nightly's flags then. */
  bootstrap: boolean;
}

const group = 'toolchain';
const rustup = about({
  id: 'rustup',
  group,
  title: 'rustup',
  why: 'rustup keeps several toolchains beside each other, so that the nightly which the set-up may need leaves the rest of your work alone.',
});
const toolchain = about({
  id: 'toolchain',
  group,
  title: 'Toolchain',
  why: 'All modules share one Rust standard library, so one toolchain has to build everything; flags in profiles are taken by nightly only.',
});
const override = about({
  id: 'override',
  group,
  title: 'Toolchain override',
  why: 'A toolchain file, a folder override or RUSTUP_TOOLCHAIN wins over the default: a build in a terminal may be by another toolchain than the one here, and libraries of two toolchains do not go together.',
});
const components = about({
  id: 'components',
  group,
  title: 'Components',
  why: 'cargo and rustc are needed for every build; rust-src leads from a panic in the log to its line.',
});

/** What there is to say of the toolchain. Pure. */
export function toolchainChecks(facts: ToolchainCheckFacts): Check[] {
  const { toolchains } = facts;
  switch (toolchains.kind) {
    case 'none':
      return [
        rustup.problem(
          'Neither rustup nor rustc is on the PATH.',
          `Install Rust with rustup, see rustup.rs.${install(facts)}`,
        ),
      ];
    case 'unknown':
      return [rustup.unknown(toolchains.why, 'See in a terminal whether `rustup toolchain list` answers.')];
    case 'plain':
      return [plainRustup(facts), plainToolchain(toolchains.version, facts)];
    case 'rustup':
      return [
        installedRustup(toolchains),
        activeCheck(toolchains, facts),
        overrideCheck(toolchains),
        componentsCheck(toolchains),
      ];
  }
}

type Rustup = Extract<Toolchains, { kind: 'rustup' }>;

const install = ({ needed }: ToolchainCheckFacts): string =>
  needed === null ? '' : ' Then run `rustup toolchain install nightly`.';
const plainRustup = ({ needed }: ToolchainCheckFacts): Check => {
  const seen = "There is no rustup: Rust is the distribution's, or was built by hand.";
  return needed === null
    ? rustup.ok(seen)
    : rustup.warning(seen, 'Install rustup, see rustup.rs, to have a nightly beside it.');
};

function plainToolchain(version: string, facts: ToolchainCheckFacts): Check {
  if (facts.needed === null) return versioned(version, `rustc is ${version}.`, facts);
  if (isNightly(version) || facts.bootstrap)
    return versioned(version, `rustc is ${bootstrapped(version, facts)}.`, facts);
  return toolchain.problem(
    `rustc is ${version}, and the set-up needs a nightly.`,
    `Install rustup, see rustup.rs.${install(facts)}`,
  );
}

function installedRustup({ version, installed, otherCargo }: Rustup): Check {
  const count = installed.length === 1 ? 'one toolchain' : `${installed.length} toolchains`;
  const seen = `${version?.replace(/ \(.*/, '') ?? 'rustup'} has ${count}${installed.length === 0 ? '' : `: ${listed(installed.map((each) => shortName(each.name)))}`}.`;
  if (otherCargo === null) return rustup.ok(seen);
  return rustup.warning(
    `${seen} But the cargo on the PATH is ${otherCargo}, which is not rustup's.`,
    'Put ~/.cargo/bin before it on the PATH: what rustup or Hotdeck chooses does not count for another cargo.',
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
      'rustup has no default toolchain.',
      take === null ? use : 'Run `rustup default stable`, or have Hotdeck take the nightly.',
      take,
    );
  }
  const name = shortName(active.name);
  if (!active.installed) {
    const seen = `${name} is asked for (${reason(active)}), and it is not installed.`;
    if (facts.needed === 'nightly') return toolchain.problem(seen, use, take);
    return toolchain.problem(seen, `Run \`rustup toolchain install ${name}\`.`);
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
    return toolchain.problem(`${seen} The set-up needs a nightly.`, use, take);
  }
  return versioned(version, seen, facts);
}

function versioned(version: string, seen: string, { rustVersion }: ToolchainCheckFacts): Check {
  if (rustVersion === null || !older(version, rustVersion)) return toolchain.ok(seen);
  return toolchain.problem(
    `${seen} The workspace wants Rust ${rustVersion} or later.`,
    isNightly(version) ? 'Run `rustup update nightly`.' : 'Run `rustup update`, or take a later toolchain.',
  );
}

function overrideCheck({ active, wanted }: Rustup): Check {
  if (wanted?.trouble != null) return override.problem(wanted.trouble, `Mend ${wanted.file}.`);
  if (active === null) return override.ok('None.');
  const file = wanted === null || wanted.channel === null ? null : `${wanted.file} names ${wanted.channel}`;
  const other = file !== null && wanted?.channel !== shortName(active.name);
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
            `Hotdeck takes ${shortName(active.name)} here; ${file}, which a terminal would take.`,
            `Build in terminals with \`cargo +${shortName(active.name)}\`, or not at all while Hotdeck runs the server.`,
          )
        : override.ok(`Hotdeck takes ${shortName(active.name)} here; a terminal takes its own default.`);
  }
}

function componentsCheck({ active, wanted, components: installed, host }: Rustup): Check {
  if (active?.installed !== true)
    return components.unknown('The toolchain is not installed, so it has no components yet.');
  if (installed === null)
    return components.unknown(
      `${shortName(active.name)} has no list of its components: it was not installed by rustup.`,
    );
  const name = shortName(active.name);
  const core = missingParts({ components: ['cargo', 'rustc'], targets: [host] }, installed);
  const missing = [...core.components, ...core.targets.map((each) => `rust-std for ${each}`)];
  if (missing.length > 0) {
    return components.problem(
      `${name} lacks ${listed(missing)}.`,
      `Run \`rustup toolchain install ${name}\` again.`,
    );
  }
  // What the file wants, rustup installs into the toolchain that the file names.
  if (active.because === 'file' && wanted !== null) {
    const parts = missingParts(wanted, installed);
    const commands = [
      ...(parts.components.length === 0
        ? []
        : [`\`rustup component add --toolchain ${name} ${parts.components.join(' ')}\``]),
      ...(parts.targets.length === 0
        ? []
        : [`\`rustup target add --toolchain ${name} ${parts.targets.join(' ')}\``]),
    ];
    if (commands.length > 0) {
      return components.warning(
        `${wanted.file} wants ${listed([...parts.components, ...parts.targets])} too, which ${name} lacks. Building does not need them.`,
        `Run ${commands.join(' and ')}; rustup may also download them by itself at the next build.`,
      );
    }
  }
  const source = missingParts({ components: ['rust-src'], targets: [] }, installed).components.length === 0;
  return components.ok(
    `${name} has cargo, rustc and rust-std${source ? ', and rust-src' : '; rust-src is not installed, and building does not need it'}.`,
  );
}

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
