import type { GraphNode, LastReload, ReloadStep, ServerState } from '#shared/contract.ts';

/** A module that goes or comes in a reload that runs. */
export interface ModuleProgress {
  readonly name: string;
  readonly state: 'done' | 'now' | 'waiting';
  /** When it was seen, ms after the reload began; null while it was not. */
  readonly at: number | null;
}

export interface ReloadProgress {
  readonly unload: readonly ModuleProgress[];
  readonly load: readonly ModuleProgress[];
  /** What is happening, in a few words. */
  readonly words: string;
}

/**
 * Returns what of a reload is done and what comes next: in the plan's order, followed by what was seen beyond it.
 * Pure.
 */
export function reloadProgress(
  { plan, steps }: Pick<LastReload, 'plan' | 'steps'>,
  nodes: readonly GraphNode[],
): ReloadProgress {
  const unload = stages(plan.unload, steps, 'unload', true);
  const isOut = unload.every(({ state }) => state === 'done');
  const load = stages(plan.load, steps, 'load', isOut && unload.length > 0);
  return { unload, load, words: wordsOf(unload, load, isOut, nodes) };
}

/** Says why a reload makes no progress, where its process is stopped; null where it isn't. Pure. */
export function whyHalted(server: ServerState): string | null {
  if (!('pid' in server) || server.halted === undefined) return null;
  const by = server.halted === 't' ? ' by a debugger' : '';
  return `Process ${server.pid} is stopped${by} (${server.halted}): the signal is pending until it continues.`;
}

function stages(
  planned: readonly string[],
  steps: readonly ReloadStep[],
  step: ReloadStep['step'],
  isTurn: boolean,
): ModuleProgress[] {
  const seen = new Map(steps.filter((each) => each.step === step).map(({ module, at }) => [module, at]));
  const names = [...new Set([...planned, ...seen.keys()])];
  const next = isTurn ? names.find((name) => !seen.has(name)) : undefined;
  return names.map((name) => {
    const at = seen.get(name) ?? null;
    return { name, at, state: at !== null ? 'done' : name === next ? 'now' : 'waiting' };
  });
}

function wordsOf(
  unload: readonly ModuleProgress[],
  load: readonly ModuleProgress[],
  isOut: boolean,
  nodes: readonly GraphNode[],
): string {
  if (unload.length === 0 && load.length === 0) return 'Waiting for the server.';
  const done = (all: readonly ModuleProgress[]): string =>
    `${all.filter(({ state }) => state === 'done').length} of ${all.length}`;
  if (!isOut) return `Unloading: ${done(unload)} modules are out.`;
  if (load.every(({ state }) => state === 'done')) return 'Every module is back; waiting for the server.';
  const waves = new Map(nodes.map(({ name, wave }) => [name, wave]));
  const ofLoad = [...new Set(load.map(({ name }) => waves.get(name) ?? -1))].sort((a, b) => a - b);
  const next = load.find(({ state }) => state !== 'done');
  const wave = 1 + ofLoad.indexOf(waves.get(next?.name ?? '') ?? -1);
  return `Loading wave ${wave} of ${ofLoad.length}: ${done(load)} modules are back.`;
}
