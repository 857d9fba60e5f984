import type { Check } from '#shared/contract.ts';
import type { Flags } from '../../rust/cargoSettings.ts';
import type { SetupPlan } from '../types.ts';
import { about } from './check.ts';

export interface FlagsFacts {
  kind: SetupPlan['kind'];
  used: Flags;
  unused: readonly Flags[];
}

const flagsAbout = about({
  id: 'rustflags',
  group: 'workspace',
  title: 'Flags for all crates',
  why: 'cargo takes flags for all crates from one place only: RUSTFLAGS in the environment overrides those in its configuration. Flags of a profile are added to them.',
});

/** The last one counts. */
function dynamic({ values }: Flags): boolean {
  const last = [...values.join(' ').matchAll(/prefer-dynamic(?:=(?<value>\w+))?/g)].at(-1);
  return last !== undefined && !/^(n|no|off|false)$/.test(last.groups?.value ?? '');
}

/** Do flags of the environment put those of the setup out of force? Pure. */
export function flagsCheck({ kind, used, unused }: FlagsFacts): Check {
  if (kind === 'none') return withoutSetup(used);
  const lost = unused.find(dynamic);
  const fromVariable = /^(CARGO_ENCODED_)?RUSTFLAGS$/.test(used.from);
  if (lost !== undefined && !dynamic(used)) {
    return flagsAbout.problem(
      `${used.from} is in force, and so ${lost.from} counts for nothing; -Cprefer-dynamic is only there.`,
      // With it out of the way, the next source is in force, whether the flag is there or only further down.
      fromVariable && unused[0] !== undefined && dynamic(unused[0])
        ? `Unset ${used.from}, or add -Cprefer-dynamic to it.`
        : `Add -Cprefer-dynamic to ${used.from}.`,
    );
  }
  if (
    kind === 'generic' &&
    used.values.length > 0 &&
    !dynamic(used) &&
    !/^(--config|.*\/\.cargo\/config(\.toml)?)$/.test(used.from)
  ) {
    return flagsAbout.warning(
      `${used.from} sets ${used.values.join(' ')}; flags that the setup adds elsewhere would not count.`,
      fromVariable
        ? `Unset ${used.from}, or add -Cprefer-dynamic to it.`
        : `Add -Cprefer-dynamic to ${used.from}.`,
    );
  }
  if (used.values.length === 0) return flagsAbout.ok('None.');
  return flagsAbout.ok(`${used.from} sets ${used.values.join(' ')}.`);
}

/** Where libraries are opened as they are, one standard library for all of them only takes something away. */
function withoutSetup(used: Flags): Check {
  const source = used.from === '--config' ? "cargo's command line" : used.from;
  const seen = used.values.length === 0 ? 'None.' : `${used.from} sets ${used.values.join(' ')}.`;
  return dynamic(used)
    ? flagsAbout.warning(
        `${source} sets -Cprefer-dynamic: the libraries then share one standard library. This workspace does not need that, and a library that leaves a thread-local behind can crash the program once it is unloaded (rust-lang/rust#88737).`,
        `Take -Cprefer-dynamic out of ${source}; if Hotdeck put it there, revert the setup.`,
      )
    : flagsAbout.ok(seen);
}
