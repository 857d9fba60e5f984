import { isDeepStrictEqual } from 'node:util';
import type { Way, WayProof } from '#shared/contract.ts';
import type { Environment } from '../environment.ts';
import { withToolchain } from '../workspace/chosen.ts';
import type { Seen } from './look.ts';
import { toolchainNeed } from './nightly.ts';
import { planIdOf } from './planId.ts';
import { proveWay } from './proof.ts';
import type { SetupWay } from './types.ts';

/**
 * What cargo says of each way as it would be once it is taken, its edits included. That takes a run of cargo or two for
 * each, so it is asked for apart from the report. Builds nothing and changes nothing.
 */
export const proveWays = (seen: Seen): Promise<WayProof[]> =>
  Promise.all(seen.plan.ways.map(async (way) => ({ plan: planIdOf(way), proof: await prove(way, seen) })));

async function prove(way: SetupWay, seen: Seen): Promise<Way['proof']> {
  // A way that can't be taken comes to nothing.
  if (way.refusals.length > 0) return null;
  const { root, plan } = seen;
  return proveWay(root, argumentsWith(way, seen), environmentFor(seen), plan, way.edits);
}

/** What cargo would be given on this way, in place of what it is given now. */
function argumentsWith(way: SetupWay, { opened, choices: { flags } }: Seen): string[] {
  const given = opened.ok ? opened.value.buildArguments : flags;
  const start = given.findIndex((_, at) => isDeepStrictEqual(given.slice(at, at + flags.length), flags));
  const others = start < 0 ? given : given.toSpliced(start, flags.length);
  return [...others, ...way.arguments];
}

/** With the toolchain that a setup would choose. */
function environmentFor({ env, choices: { toolchain }, plan, toolchains }: Seen): Environment {
  const need = toolchainNeed(plan, toolchains);
  return withToolchain(env, need.kind === 'choose' ? need.toolchain : toolchain);
}
