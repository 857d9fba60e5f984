import { relative } from 'node:path';
import type {
  FileIdentity,
  GraphNode,
  ModuleStateName,
  ModuleStatus,
  Why,
} from '../../../preload/contract.ts';
import type { Artifact } from '../process/artifacts.ts';
import type { Image } from '../process/images.ts';
import type { Basis } from '../process/logEyes.ts';

/** Everything that the states of the modules follow from. */
export interface Evidence {
  root: string;
  nodes: readonly GraphNode[];
  /** Absolute paths of libraries and executable by node name. */
  files: ReadonlyMap<string, string>;
  artifacts: ReadonlyMap<string, Artifact | null>;
  /** What the server has mapped, by node name; null while no server runs. */
  images: ReadonlyMap<string, Image> | null;
  same(a: FileIdentity, b: FileIdentity): boolean;
  /** Nodes that the running build is going to replace, and those whose last build failed. */
  building: ReadonlySet<string>;
  failed: ReadonlySet<string>;
  /** Edited nodes, and the file. */
  edits: ReadonlyMap<string, string>;
  /** Modules that a running reload is about to unload, and those that are gone and have not come back yet. */
  unloading: ReadonlySet<string>;
  loading: ReadonlySet<string>;
  /** Modules that the last reload should have taken out and that stayed; the child process that has them, or null. */
  stuck: ReadonlyMap<string, number | null>;
  /** Why its file is another one than what runs, if it is; otherwise why it was last built. */
  whyOf?(name: string, isStale: boolean): Why | null;
  /** Where the guess comes from that this image is; null where it was seen. */
  basisOf(name: string): Basis | null;
  /** The executable's manifest names modules: cargo links it anew whenever one of them changes. */
  relinksWithModules: boolean;
}

/** The state of every node. Pure. */
export function moduleStatuses(evidence: Evidence): Record<string, ModuleStatus> {
  const statuses: Record<string, ModuleStatus> = {};
  const pinnedStale = evidence.nodes.some(
    (node) => node.role === 'pinned' && isReplaced(node.name, evidence),
  );
  for (const node of evidence.nodes) {
    const artifact = evidence.artifacts.get(node.name) ?? null;
    const image = evidence.images?.get(node.name) ?? null;
    const file = evidence.files.get(node.name);
    const found = stateOf(node, evidence, pinnedStale);
    const { state } = found;
    const reason = withBasis(found, image === null ? null : evidence.basisOf(node.name));
    const why =
      node.role === 'external'
        ? null
        : (evidence.whyOf?.(node.name, isReplaced(node.name, evidence)) ?? null);
    statuses[node.name] = {
      state,
      reason,
      file: file === undefined ? null : relative(evidence.root, file),
      artifact: artifact === null ? null : { device: artifact.device, inode: artifact.inode },
      image: image === null ? null : { device: image.device, inode: image.inode, deleted: image.deleted },
      builtAt: artifact?.modifiedAt ?? null,
      ...(why === null ? {} : { why }),
    };
  }
  return statuses;
}

/** The nodes whose file is not what is mapped: what a plan is made for. Pure. */
export function staleNodes(evidence: Evidence): Set<string> {
  const pinnedStale = evidence.nodes.some(
    (node) => node.role === 'pinned' && isReplaced(node.name, evidence),
  );
  const stale = evidence.nodes.filter(
    (node) =>
      node.role !== 'external' &&
      ['stale', 'stuck'].includes(restingState(node, evidence, pinnedStale).state),
  );
  return new Set(stale.map((node) => node.name));
}

interface Verdict {
  state: ModuleStateName;
  reason: string | null;
}

function stateOf(node: GraphNode, evidence: Evidence, pinnedStale: boolean): Verdict {
  const { name, role } = node;
  if (role === 'external') return { state: 'pinned', reason: null };
  if (evidence.unloading.has(name)) return { state: 'unloading', reason: null };
  if (evidence.loading.has(name)) return { state: 'loading', reason: null };
  if (evidence.building.has(name)) return { state: 'building', reason: null };
  if (evidence.failed.has(name)) return { state: 'failed', reason: 'Its last build failed.' };
  return restingState(node, evidence, pinnedStale);
}

/** The state that the file and the image give, whatever is being done about it. */
function restingState(node: GraphNode, evidence: Evidence, pinnedStale: boolean): Verdict {
  const { name, role } = node;
  const artifact = evidence.artifacts.get(name) ?? null;
  const image = evidence.images?.get(name);
  if (image === undefined) {
    if (artifact === null) return { state: 'unbuilt', reason: 'There is no library file yet.' };
    return { state: role === 'pinned' ? 'pinned' : 'built', reason: null };
  }
  if (artifact === null) return { state: 'stale', reason: 'Its file is gone from the disk.' };
  if (evidence.same(artifact, image)) return { state: role === 'pinned' ? 'pinned' : 'loaded', reason: null };
  const isGuess = evidence.basisOf(name) !== null;
  const holder = evidence.stuck.get(name);
  if (holder !== undefined) {
    if (isGuess)
      return { state: 'stuck', reason: 'As far as the log tells, the reload did not take it out.' };
    const where = holder === null ? '' : ` in the child process ${holder}`;
    return { state: 'stuck', reason: `The old image is still mapped${where} after the reload.` };
  }
  if (role === 'executable' && !pinnedStale && evidence.relinksWithModules && !evidence.edits.has(name)) {
    return { state: 'loaded', reason: 'Linked anew because a module changed; its own code did not.' };
  }
  const why = evidence.whyOf?.(name, true)?.text;
  if (why !== undefined) return { state: 'stale', reason: `${why.charAt(0).toUpperCase()}${why.slice(1)}.` };
  const edit = evidence.edits.get(name);
  return {
    state: 'stale',
    reason:
      edit === undefined
        ? `The file on disk is newer than ${isGuess ? 'that' : 'what is mapped'}.`
        : `Edited: ${edit}.`,
  };
}

function isReplaced(name: string, evidence: Evidence): boolean {
  const artifact = evidence.artifacts.get(name) ?? null;
  const image = evidence.images?.get(name);
  return image !== undefined && (artifact === null || !evidence.same(artifact, image));
}

const BASES: Readonly<Record<Basis, string>> = {
  start: 'taken for the file that was there when the server started',
  log: 'taken for the file that was there when the log said that it was loaded',
  reload: 'taken for the file that was there at the last reload, of which the log names no modules',
};

/** Without a look at the maps a state is a guess, and says so. */
function withBasis({ state, reason }: Verdict, basis: Basis | null): string | null {
  if (basis === null || !GUESSED.has(state)) return reason;
  return `A guess: ${BASES[basis]}.${reason === null ? '' : ` ${reason}`}`;
}

const GUESSED: ReadonlySet<ModuleStateName> = new Set(['loaded', 'stale', 'stuck', 'pinned']);
