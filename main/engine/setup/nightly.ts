import type { Toolchains } from '../rust/toolchains.ts';
import type { SetupPlan } from './types.ts';

/** What has to be chosen before a plan's flags can be in force. */
export type ToolchainNeed =
  | { kind: 'none' }
  | { kind: 'choose'; toolchain: string }
  /** No toolchain that there is will do. */
  | { kind: 'missing' };

const NIGHTLY = /nightly|-dev\b/;

/** Whether a plan needs another toolchain than the one that is active, and which. */
export function toolchainNeed(plan: Pick<SetupPlan, 'toolchain'>, toolchains: Toolchains): ToolchainNeed {
  if (plan.toolchain === null || isNightly(toolchains)) return { kind: 'none' };
  const nightly = nightlyOf(toolchains);
  return nightly === null ? { kind: 'missing' } : { kind: 'choose', toolchain: nightly };
}

function isNightly(toolchains: Toolchains): boolean {
  if (toolchains.kind === 'plain') return NIGHTLY.test(toolchains.version);
  if (toolchains.kind !== 'rustup' || toolchains.active?.installed !== true) return false;
  const { name } = toolchains.active;
  const version = toolchains.installed.find((each) => each.name === name)?.version;
  return NIGHTLY.test(version ?? name);
}

/** The plain nightly, which rustup keeps up to date; else the latest of those with a date. */
function nightlyOf(toolchains: Toolchains): string | null {
  if (toolchains.kind !== 'rustup') return null;
  const names = toolchains.installed.map((each) => each.name).filter((name) => name.startsWith('nightly'));
  return names.find((name) => !/^nightly-\d/.test(name)) ?? names.sort().at(-1) ?? null;
}
