/** Builds history records from session events. Pure. */
import {
  type BuildRecord,
  type EditRecord,
  type GraphNode,
  HISTORY_VERSION,
  type LastReload,
  type ModuleStateName,
  type Problem,
  type ReloadRecord,
  type ServerRecord,
} from '#shared/contract.ts';
import type { BuildOutcome } from '../../building/buildOutcome.ts';
import type { ServerEnd } from '../../process/serverControl.ts';
import type { BuildNotes } from '../builds/buildNotes.ts';
import type { Edit } from '../modules/editLedger.ts';
import type { Replaced } from '../modules/replacedFiles.ts';

/** A part of a stored log: its lines [line, endLine). */
export interface Place {
  run: string;
  line: number;
  endLine: number;
}

/** A build that waited for a lock: when it began (ms since the epoch), and how long it waited, ms. */
export interface Wait {
  at: number;
  ms: number;
}

/** What is noted with all that happens. */
export interface Scene {
  place: Place | null;
  modules: Record<string, ModuleStateName>;
}

/** A build with thousands of errors has its first ones here, and all of them in its log. */
const MOST_PROBLEMS = 100;
const LONGEST_PROBLEM = 4000;

const baseOf = ({ place, modules }: Scene, at: number) => ({
  v: HISTORY_VERSION,
  at: Math.round(at),
  run: place?.run ?? null,
  line: place?.line ?? null,
  endLine: place?.endLine ?? null,
  modules,
});

export const editRecord = (edit: Pick<EditRecord, 'at' | 'files' | 'owners'>, scene: Scene): EditRecord => ({
  ...baseOf(scene, edit.at),
  kind: 'edit',
  files: edit.files,
  owners: edit.owners,
});

/** @param over when it was; ms since the epoch. @param nodes those of the graph: what counts as a module. */
export function buildRecord(
  notes: BuildNotes,
  outcome: BuildOutcome,
  over: number,
  nodes: readonly GraphNode[],
  scene: Scene,
): BuildRecord {
  const { at, trigger, times, worked } = notes;
  const { compiled, fresh } = times;
  const problems = outcome.kind === 'cancelled' ? [] : outcome.problems;
  const counts = outcome.kind === 'cancelled' ? { errors: 0, warnings: 0 } : outcome.counts;
  const names = new Set(compiled.map(({ name }) => name));
  return {
    ...baseOf(scene, at),
    kind: 'build',
    took: Math.max(0, Math.round(over - at - worked.waited)),
    waited: Math.round(worked.waited),
    trigger,
    outcome: outcome.kind,
    message: outcome.kind === 'failed' && counts.errors === 0 ? outcome.message : null,
    compiled,
    fresh,
    link: times.link,
    rebuilt: nodes.flatMap(({ name, role }) => (role !== 'external' && names.has(name) ? [name] : [])),
    reasons: {},
    problems: {
      ...counts,
      list: problems.slice(0, MOST_PROBLEMS).map(shortened),
    },
  };
}

/** Files that somebody else replaced: by a build, most likely, of which nothing more is known. */
export const replacedRecord = (
  { at, modules }: Replaced,
  reasons: Record<string, string>,
  scene: Scene,
): BuildRecord => ({
  ...baseOf(scene, at),
  kind: 'build',
  took: 0,
  waited: 0,
  trigger: { kind: 'elsewhere', files: [], text: 'Replaced outside Hotdeck' },
  outcome: 'ok',
  message: null,
  compiled: [],
  fresh: [],
  link: null,
  rebuilt: modules,
  reasons,
  problems: { errors: 0, warnings: 0, list: [] },
});

/** What is left of a build if this process ends before it does. */
export const begunBuild = ({ at, trigger }: BuildNotes, scene: Scene): BuildRecord => ({
  ...baseOf(scene, at),
  kind: 'build',
  took: 0,
  waited: 0,
  trigger,
  outcome: 'interrupted',
  message: 'Hotdeck exited during this build.',
  compiled: [],
  fresh: [],
  link: null,
  rebuilt: [],
  reasons: {},
  problems: { errors: 0, warnings: 0, list: [] },
});

/**
 * @param edits those that a build had taken in before it. @param answered ms until the server said that it serves.
 * @param waits what builds have waited for locks.
 * @returns of one that runs, what is left of it if this process ends before it does.
 */
export function reloadRecord(
  reload: LastReload,
  { edits, answered, waits }: { edits: readonly Edit[]; answered: number | null; waits: readonly Wait[] },
  scene: Scene,
): ReloadRecord {
  const { verdict: found, startedAt, stuck: _, steps, plan, cause, message, ...others } = reload;
  const { past, pid: _pid, answers: _answers, ...rest } = others;
  const isRunning = found === 'running';
  const { unload, restart, leftBehind } = plan;
  const of = (modules: readonly string[]) =>
    edits.filter(({ owners }) => owners.some((name) => modules.includes(name)));
  const saves = of(unload).map(({ at }) => at);
  const saved = saves.length === 0 ? null : Math.min(...saves);
  const since = waits.filter(({ at }) => saved !== null && at >= saved && at < startedAt);
  const left = steps.find(({ step }) => step === 'unload')?.at ?? null;
  return {
    ...baseOf(scene, startedAt),
    ...rest,
    kind: 'reload',
    cause,
    took: rest.took ?? 0,
    verdict: isRunning ? 'interrupted' : found,
    // It is read when that process is long gone.
    message: isRunning ? 'Hotdeck exited during this reload.' : past === '' ? message : past,
    steps: steps.map((step) => ({ ...step, at: tenth(step.at) })),
    plan,
    files: of([...unload, ...restart, ...leftBehind]).map(({ file }) => file),
    saved,
    waited: since.reduce((sum, { ms }) => sum + ms, 0),
    // Of one that nobody here began, the beginning was not seen.
    drain: cause === 'outside' || cause === 'self' || cause === 'late' || left === null ? null : tenth(left),
    firstAnswer: answered === null ? null : tenth(answered),
  };
}

/** @param end how it ended, once it has. */
export const serverRecord = (
  {
    at,
    event,
    pid,
    life,
    end,
  }: Pick<ServerRecord, 'at' | 'event' | 'pid' | 'life'> & { end: ServerEnd | null },
  scene: Scene,
): ServerRecord => ({
  ...baseOf(scene, at),
  kind: 'server',
  event,
  pid,
  code: end?.code ?? null,
  signal: end?.signal ?? null,
  life,
  lines: event === 'crash' ? (end?.tail ?? []) : [],
  coreFile: end?.core.file ?? null,
});

/** What could be applied then can't be any more. */
const shortened = ({ rendered, ...problem }: Problem): Problem => ({
  ...problem,
  rendered: rendered.length <= LONGEST_PROBLEM ? rendered : `${rendered.slice(0, LONGEST_PROBLEM)}\x1b[0m…`,
  suggestions: [],
});

const tenth = (ms: number): number => Math.round(ms * 10) / 10;
