import type { Check } from '#shared/contract.ts';
import { list } from '#shared/list.ts';
import { configArguments } from '../../rust/cargoConfig.ts';
import type { Flags } from '../../rust/cargoSettings.ts';
import { type LinkerChoice, linkerChoice } from '../../rust/linkerChoice.ts';
import { type Driver, readDriver } from '../../rust/linkerDriver.ts';
import { type InstalledLinker, installedLinkers, nextLinker } from '../../rust/linkers.ts';
import { findProgram } from '../../rust/onPath.ts';
import { tableAt, textsAt } from '../../rust/toml.ts';
import type { Toolchains } from '../../rust/toolchains.ts';
import type { SetupPlan } from '../types.ts';
import { about } from './check.ts';
import type { Scene } from './input.ts';

export interface LinkerFacts {
  choice: LinkerChoice;
  driver: Driver;
  installed: readonly InstalledLinker[];
  /** A linker that is asked for, and that Hotdeck does not know, is on the PATH all the same. */
  strange: boolean;
  /** rustc asks for its own lld where nobody says otherwise; null where that can't be told. */
  ownLld: boolean | null;
  /** Linkers that linked this workspace once. */
  worked: readonly string[];
}

const linker = about({
  id: 'linker',
  group: 'linker',
  title: 'Linker',
  why: 'The flags for modules demand more of the linker than usual. If one fails, another often works.',
});
const installedCheck = about({
  id: 'linkers',
  group: 'linker',
  title: 'Installed linkers',
  why: 'If a link fails, Hotdeck offers the next installed linker, and remembers which one worked.',
});

const NAMES: Readonly<Record<string, string>> = { bfd: 'GNU ld', lld: 'lld', gold: 'gold', mold: 'mold' };
const nameOf = (id: string): string => NAMES[id] ?? id;

/** Which linker links here, and which others there are. Pure. */
export function linkerChecks(facts: LinkerFacts, plan: SetupPlan['kind'] = 'generic'): Check[] {
  const choice = choiceCheck(facts);
  // Another linker is of use only where the flags ask for more than usual.
  return plan === 'none' ? [{ ...choice, why: PLAIN_WHY }] : [choice, othersCheck(facts)];
}

const PLAIN_WHY = 'It links every library and program.';

function choiceCheck(facts: LinkerFacts): Check {
  const { choice, driver, installed, strange, worked } = facts;
  if (driver.path === null) {
    return linker.problem(
      `${driver.name} was not found${choice.driverFrom === null ? '' : `; ${choice.driverFrom} names it`}. rustc needs it to link.`,
      choice.driverFrom === null
        ? 'Install gcc or clang.'
        : `Install it, or remove it from ${choice.driverFrom}.`,
    );
  }
  const by = nameOfDriver(driver);
  const { asked } = choice;
  if (asked === null) return defaultLinker(by, facts);
  const from = choice.askedFrom === 'Hotdeck' ? 'as chosen in Hotdeck' : `as set in ${choice.askedFrom}`;
  const found = installed.find((each) => each.id === asked);
  const isOldGcc = driver.kind === 'gcc' && Number.parseInt(driver.number ?? '', 10) < 12;
  const other = nextLinker(installed, isOldGcc ? [asked, 'mold'] : [asked]);
  const offer = other === null ? null : ({ kind: 'use-linker', linker: other } as const);
  const instead = other === null ? '' : `, or use ${nameOf(other)}`;
  if (found === undefined && strange) {
    return linker.unknown(`${by} is asked for ${asked}, ${from}. Hotdeck does not know this linker.`);
  }
  if (found === undefined) {
    return linker.problem(
      `${by} is asked for ${nameOf(asked)}, ${from}; it was not found on the PATH.`,
      `Install ${nameOf(asked)}${instead}.`,
      offer,
    );
  }
  if (asked === 'mold' && isOldGcc) {
    return linker.problem(
      `${by} is asked for mold, ${from}; mold needs gcc 12.1 or later.`,
      `Link with clang, or update gcc${instead}.`,
      offer,
    );
  }
  const seen = `${by} uses ${nameOf(asked)}, ${from}.`;
  if (worked.includes(asked)) return linker.ok(`${seen} It linked this workspace before.`);
  if (asked === 'gold') {
    return linker.warning(
      `${seen} gold is no longer maintained and has known bugs with Rust.`,
      `If a link fails${other === null ? ', install lld or mold' : `, use ${nameOf(other)}`}.`,
      offer,
    );
  }
  return linker.ok(seen);
}

function nameOfDriver({ name, version, kind, number }: Driver): string {
  if (version === null) return name;
  return `${name} (${kind === 'other' ? short(version) : `${kind} ${number}`})`;
}

function defaultLinker(by: string, { driver, ownLld, worked }: LinkerFacts): Check {
  const known = worked.length === 0 ? '' : ` ${list(worked.map(nameOf))} linked this workspace before.`;
  if (ownLld === null) {
    return linker.unknown(
      `${by} links. Which linker rustc asks it for depends on how this Rust was built, which is not known.${known}`,
    );
  }
  if (ownLld)
    return linker.ok(`${by} uses the lld that comes with Rust, as rustc asks it to by default.${known}`);
  if (driver.own === null) {
    return linker.unknown(
      `${by} links; which linker it uses by default is not known.${known}`,
      'Build: if the link fails, Hotdeck says so.',
    );
  }
  return linker.ok(`${by} uses ${short(driver.own)}, its own default.${known}`);
}

/** `GNU ld (GNU Binutils for Debian) 2.40` without the parentheses, which are long and say little. */
const short = (line: string): string => line.replaceAll(/\s*\([^)]*\)/g, '').trim();

function othersCheck({ installed }: LinkerFacts): Check {
  const names = installed.map(({ id, version, from }) => {
    const number = /\d+(?:\.\d+)+/.exec(short(version))?.[0] ?? '';
    return `${nameOf(id)} ${number}${from === 'toolchain' ? ' (with Rust)' : ''}`.trim();
  });
  if (installed.length === 0)
    return installedCheck.problem(
      'None of mold, lld, GNU ld and gold was found.',
      'Install binutils, lld or mold.',
    );
  if (installed.length === 1) {
    return installedCheck.warning(
      `${names[0]} only.`,
      'Install mold or lld too, to have an alternative if a link fails.',
    );
  }
  return installedCheck.ok(`${list(names)}.`);
}

/** Asks the compiler driver and the linkers. */
export async function gatherLinkers(scene: Scene): Promise<LinkerFacts> {
  const { root, env, toolchains, cargo, choices } = scene;
  const choice = linkerChoice(cargo, {
    chosen: choices.linker,
    profile: devFlags(scene),
    wrapped: /mold-wrapper\.so/.test(env.LD_PRELOAD ?? ''),
  });
  const [driver, installed, strange] = await Promise.all([
    readDriver(choice.driver, root, env),
    installedLinkers(env, toolchains),
    isStrange(choice.asked, root, env),
  ]);
  const ownLld = choice.ownOff ? false : asksForOwnLld(toolchains, cargo.target?.name ?? null);
  return { choice, driver, installed, strange, ownLld, worked: choices.worked };
}

const isStrange = async (asked: string | null, root: string, env: Scene['env']): Promise<boolean> =>
  asked !== null &&
  !Object.hasOwn(NAMES, asked) &&
  (await findProgram(`ld.${asked}`, { cwd: root, env })) !== null;

/** The flags of the dev profile that are in force: on cargo's command line, else in the manifest. */
function devFlags({ manifests, buildArguments }: Scene): Flags {
  const root = manifests.find((each) => each.file === 'Cargo.toml');
  const places = [...configArguments(buildArguments), { file: 'Cargo.toml', table: root?.table ?? {} }];
  for (const { file, table } of places) {
    const values = textsAt(tableAt(tableAt(table, 'profile'), 'dev'), 'rustflags');
    if (values.length > 0) return { values, from: `${file} (profile.dev)` };
  }
  return { values: [], from: '' };
}

/** `1.90.0 (1159e78c4 2025-09-14)`: distributions add a word of their own, as in `(…) (Fedora 1.90.0-1)`. */
const OFFICIAL = /^1\.\d+\.\d+\S* \([0-9a-f]+ \d{4}-\d{2}-\d{2}\)$/;

/**
 * Tells whether rustc asks for its own lld: on x86_64 Linux, from 1.90 on (nightlies from 1.81 on), as the Rust project
 * builds it. Pure; null where that can't be told. @param target what cargo builds for; null: the host.
 */
export function asksForOwnLld(toolchains: Toolchains, target: string | null): boolean | null {
  if (toolchains.kind !== 'plain' && toolchains.kind !== 'rustup') return null;
  if ((target ?? toolchains.host) !== 'x86_64-unknown-linux-gnu') return false;
  if (toolchains.kind === 'plain') {
    // The distributions' builds leave the choice to the compiler driver; who built one without a name is not known.
    return OFFICIAL.test(toolchains.version) && hasOwnLld(toolchains.version) !== false ? null : false;
  }
  const { active, installed } = toolchains;
  // One that was built by hand and linked to rustup is configured by whoever built it.
  if (active === null || !/^(stable|beta|nightly|\d)/.test(active.name)) return null;
  return hasOwnLld(installed.find((each) => each.name === active.name)?.version ?? '');
}

/** Null: in the cycle in which nightlies began with it, or without a version. */
function hasOwnLld(version: string): boolean | null {
  const minor = Number(/^1\.(\d+)/.exec(version)?.[1]);
  if (Number.isNaN(minor)) return null;
  if (minor >= 90) return true;
  if (!/-nightly/.test(version) || minor < 80) return false;
  return minor > 80 ? true : null;
}
