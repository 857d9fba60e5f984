import type { Double, Finding } from '#shared/contract.ts';
import { list } from '#shared/list.ts';
import type { Contents } from './contents.ts';
import type { FileState } from './crateVariables.ts';
import { GLOBAL_STATE } from './globalState.ts';

/** What doubles follow from. */
export interface DoubleEvidence {
  /** What the manifests say that is linked into each node. */
  contents: ReadonlyMap<string, Contents>;
  /** What each built file says; null where it is not built or has no symbols. */
  states: ReadonlyMap<string, FileState | null>;
  /** Has the node's file the standard library inside? Null where it is not built. */
  hasStandardLibrary(node: string): boolean | null;
  label(node: string): string;
}

const STANDARD = 'std';

/**
 * Crates with state that exist several times in a process, because each of several libraries has a copy inside. Where
 * there are files with symbols they say so: a copy without state is none. Otherwise the manifests do, and the sentence says
 * so. Sorted by name. Pure.
 */
export function findDoubles(evidence: DoubleEvidence): Double[] {
  const doubles = [...candidates(evidence.contents)].flatMap((name) => doubleOf(name, evidence) ?? []);
  const own = [...evidence.contents.keys()].filter((node) => evidence.hasStandardLibrary(node) === true);
  if (own.length > 1) doubles.push(standardDouble(own, evidence));
  return doubles.sort((a, b) => (a.crate < b.crate ? -1 : 1));
}

/** What `hotdeck check` says of them. Where only the manifests tell, nothing is wrong yet. Pure. */
export const doubleFindings = (doubles: readonly Double[]): Finding[] =>
  doubles
    .filter(({ isHarmless }) => !isHarmless)
    .map(({ copies, from, message }) => ({
      kind: 'double',
      severity: from === 'artifacts' ? 'warning' : 'info',
      module: copies.at(-1)?.module ?? '',
      message,
      remedy: null,
      details: [],
    }));

/** Those that are in several nodes by the manifests, and may have state. */
export function candidates(contents: ReadonlyMap<string, Contents>): Set<string> {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const inside of contents.values()) {
    for (const [name, { isMember }] of inside) {
      if (!isMember && !GLOBAL_STATE.has(name)) continue;
      if (seen.has(name)) twice.add(name);
      seen.add(name);
    }
  }
  return twice;
}

function doubleOf(name: string, evidence: DoubleEvidence): Double | null {
  const known = GLOBAL_STATE.get(name);
  const holders: Double['copies'] = [];
  const variables = new Set<string>();
  let isSeen = true;
  for (const [node, inside] of evidence.contents) {
    const found = inside.get(name);
    if (found === undefined) continue;
    const state = evidence.states.get(node) ?? null;
    const seen = state === null ? null : stateIn(state, name, known?.function);
    if (seen === null) isSeen = false;
    else if (seen.length === 0) continue;
    for (const each of seen ?? []) variables.add(each);
    holders.push({ module: node, version: found.version });
  }
  if (holders.length < 2) return null;
  // Of a crate of the workspace it is not known that it has any state before that is seen.
  if (known === undefined && !isSeen) return null;
  const [first = ''] = variables;
  const effect =
    known?.effect ??
    `what is written to ${first}${variables.size > 1 ? ` (and ${variables.size - 1} more)` : ''} in one is not there in the other.`;
  return {
    crate: name,
    copies: holders,
    from: isSeen ? 'artifacts' : 'manifests',
    message: sentence(name, holders, isSeen, effect, evidence),
    isHarmless: false,
  };
}

/** What of a crate's state lies in a file: names; none where it surely has none; null where the file does not tell. */
function stateIn(state: FileState, name: string, wanted: string | undefined): readonly string[] | null {
  const found =
    wanted === undefined
      ? (state.variables.get(name.replaceAll('-', '_')) ?? [])
      : [wanted].filter((each) => state.functions.has(each));
  return found.length === 0 && !state.isComplete ? null : found;
}

function sentence(
  name: string,
  holders: Double['copies'],
  isSeen: boolean,
  effect: string,
  { label }: DoubleEvidence,
): string {
  const versions = new Set(holders.map(({ version }) => version));
  const where = list(
    holders.map(({ module, version }) =>
      versions.size > 1 ? `${label(module)} (${version})` : label(module),
    ),
  );
  return isSeen
    ? `${name} is inside of ${where}, a copy in each: ${effect}`
    : `By the manifests ${name} is inside of ${where}, a copy in each. Then ${effect}`;
}

function standardDouble(nodes: readonly string[], { label }: DoubleEvidence): Double {
  return {
    crate: STANDARD,
    copies: nodes.map((module) => ({ module, version: '' })),
    from: 'artifacts',
    message: `The standard library is inside of ${list(nodes.map(label))}, a copy in each: a panic hook that one sets, the name of a thread, and what waits in the buffer of stdout are unknown to the other.`,
    isHarmless: true,
  };
}
