import { basename, relative } from 'node:path';
import type { GraphNode, ModuleStateName, ModuleStatus, Why } from '#shared/contract.ts';
import { clock } from '#shared/time.ts';
import type { Artifact } from '../../process/artifacts.ts';
import type { Image } from '../../process/images.ts';
import type { Basis } from '../../process/logInferredImages.ts';
import type { CodedFile } from '../../process/sameCode.ts';

/** How the program on disk compares with the one that runs, without what links it to its libraries. */
export type OwnCode = 'same' | 'different' | 'moved' | 'unknown';

/** Everything that the states of the modules follow from. */
export interface Evidence {
  root: string;
  nodes: readonly GraphNode[];
  /** Absolute paths of libraries and executable by node name. */
  files: ReadonlyMap<string, string>;
  artifacts: ReadonlyMap<string, Artifact | null>;
  /** What the server has mapped, by node name; null while no server runs. */
  images: ReadonlyMap<string, Image> | null;
  /** Whether two files hold the same code. */
  same(a: CodedFile, b: CodedFile): boolean;
  /** How many older copies are mapped beside the image. */
  olderOf?(name: string): number;
  /** The build that the file on disk was before, where a later one is known. */
  earlierOf?(name: string): { builtAt: number } | null;
  /** When code of a module was built (ms since the epoch); null where it is of no build that is known. */
  builtAtOf?(name: string, code: string): number | null;
  /** Of the program. Absent: not known. */
  ownCode?: OwnCode;
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
  /** The executable's manifest names modules: cargo links it again whenever one of them changes. */
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
    const reason = image === null ? found.reason : withBasis(found, image, evidence.basisOf(node.name));
    const why =
      node.role === 'external'
        ? null
        : (evidence.whyOf?.(node.name, isReplaced(node.name, evidence)) ?? null);
    statuses[node.name] = {
      state,
      reason,
      file: file === undefined ? null : relative(evidence.root, file),
      artifact: artifact === null ? null : artifactStatus(artifact),
      image: image === null ? null : imageStatus(node.name, image, evidence),
      builtAt: artifact?.modifiedAt ?? null,
      ...(why === null ? {} : { why }),
    };
  }
  return statuses;
}

const artifactStatus = ({ device, inode, code }: Artifact): NonNullable<ModuleStatus['artifact']> => ({
  device,
  inode,
  ...(code == null ? {} : { code }),
});

function imageStatus(name: string, image: Image, evidence: Evidence): NonNullable<ModuleStatus['image']> {
  const { device, inode, deleted, code, copy, witness, isOverwritten } = image;
  const builtAt = code == null ? null : (evidence.builtAtOf?.(name, code) ?? null);
  return {
    device,
    inode,
    deleted,
    ...(code == null ? {} : { code }),
    ...(builtAt === null ? {} : { builtAt }),
    ...(witness === undefined ? {} : { witness }),
    ...(isOverwritten === true ? { overwritten: true } : {}),
    ...(copy === undefined ? {} : { copy: { ...copy, older: evidence.olderOf?.(name) ?? 0 } }),
  };
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
  const found = stateOfFile(node, evidence, pinnedStale);
  if (node.isGone !== true) return found;
  const isThere = (evidence.artifacts.get(node.name) ?? null) !== null;
  // Nothing comes in its place: a file that is gone is no newer one.
  const state = isThere || node.role === 'executable' ? found.state : 'loaded';
  const file = isThere ? '' : ', and its file is gone from the disk';
  return {
    state: node.role === 'pinned' && state === 'loaded' ? 'pinned' : state,
    reason: `It is no longer part of the workspace${file}. It stays mapped until the server unloads it, or ends.`,
  };
}

function stateOfFile(node: GraphNode, evidence: Evidence, pinnedStale: boolean): Verdict {
  const { name, role } = node;
  const artifact = evidence.artifacts.get(name) ?? null;
  const image = evidence.images?.get(name);
  if (image === undefined) {
    if (artifact === null) return { state: 'unbuilt', reason: 'There is no library file yet.' };
    if (role === 'pinned') return { state: 'pinned', reason: null };
    return { state: 'built', reason: isNotOpened(node, evidence) ? 'The server has not opened it.' : null };
  }
  if (artifact === null) return { state: 'stale', reason: 'Its file is gone from the disk.' };
  if (image.isOverwritten === true) {
    return {
      state: 'stale',
      reason: `${basename(image.path)} was written to while the server had it mapped: part of the old code is mapped, and part of the new.`,
    };
  }
  if (evidence.same(artifact, image)) return { state: role === 'pinned' ? 'pinned' : 'loaded', reason: null };
  const isGuess = evidence.basisOf(name) !== null;
  const holder = evidence.stuck.get(name);
  if (holder !== undefined) {
    if (isGuess)
      return { state: 'stuck', reason: 'As far as the log tells, the reload did not take it out.' };
    const where = holder === null ? '' : ` in the child process ${holder}`;
    return { state: 'stuck', reason: `The old image is still mapped${where} after the reload.` };
  }
  if (role === 'executable' && !pinnedStale) {
    const relinked = relinkedReason(name, evidence);
    if (relinked !== null) return { state: 'loaded', reason: relinked };
  }
  const reason = staleReason(name, evidence, isGuess);
  const isOwn = role === 'executable' && evidence.ownCode === 'different';
  return { state: 'stale', reason: isOwn ? `${reason} ${OWN_CODE}` : reason };
}

/** A module that is not mapped while others are, as was seen. */
const isNotOpened = ({ role }: GraphNode, { images, basisOf }: Evidence): boolean =>
  role === 'module' &&
  images !== null &&
  images.size > 0 &&
  [...images.keys()].every((name) => basisOf(name) === null);

const OWN_CODE = 'What is inside of the program itself is other code now: that takes a restart.';

/** Why a program that is another file on disk is still the same program; null where it is not. */
function relinkedReason(name: string, evidence: Evidence): string | null {
  const { ownCode = 'unknown', edits, relinksWithModules } = evidence;
  if (ownCode === 'same') return 'Relinked because a library changed; its own code did not.';
  if (ownCode === 'different' || !relinksWithModules || edits.has(name)) return null;
  return 'Relinked because a module changed; probably its own code did not.';
}

function staleReason(name: string, evidence: Evidence, isGuess: boolean): string {
  const earlier = evidence.earlierOf?.(name) ?? null;
  if (earlier !== null) {
    return `An earlier build is on disk again: the one of ${clock(earlier.builtAt, Date.now())}.`;
  }
  const why = evidence.whyOf?.(name, true)?.text;
  if (why !== undefined) return `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
  const edit = evidence.edits.get(name);
  if (edit !== undefined) return `Edited: ${edit}.`;
  return `The file on disk holds other code than ${isGuess ? 'that' : 'what is mapped'}.`;
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

/** Without a look at the maps a state is a guess, and so it is where nothing but a name tells whose an image is. */
function withBasis({ state, reason }: Verdict, image: Image, basis: Basis | null): string | null {
  const ground = basis === null ? guessOf(image) : BASES[basis];
  if (ground === null || !GUESSED.has(state)) return reason;
  return `A guess: ${ground}.${reason === null ? '' : ` ${reason}`}`;
}

function guessOf({ witness, path }: Image): string | null {
  const of = (what: string): string =>
    `${basename(path)} is taken for it by ${what}, its code is that of no build known here`;
  if (witness === 'name') return of('its file name');
  if (witness === 'soname') return of('its SONAME');
  return witness === 'memory'
    ? 'its file is gone, and only what the process does not write to could be compared'
    : null;
}

const GUESSED: ReadonlySet<ModuleStateName> = new Set(['loaded', 'stale', 'stuck', 'pinned']);
