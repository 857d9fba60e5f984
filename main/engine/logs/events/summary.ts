import type { LogEvent } from '../../families/logEvent.ts';

/** What the log says about a reload. It stands beside the memory maps, which are right where both disagree. */
export interface LogSummary {
  /** Modules in the order in which the log names them. */
  loaded: string[];
  unloaded: string[];
  stuck: string[];
  /** Unloaded, and not loaded again so far. */
  missing: string[];
  /** How many modules the server itself found stale; null if it didn't say. */
  stale: number | null;
  /** Whether the services were stopped: a deep reload, or a shutdown. */
  deep: boolean;
  /** Whether it heard the signal that asks for a reload. */
  requested: boolean;
  /** Why the server wouldn't obey the last signal that it refused. */
  refused: string | null;
  /** Whether it listened when it last spoke of that. */
  ready: boolean;
  /** The modules that couldn't be loaded, and why. */
  loadFailures: { module: string; error: string }[];
  /** The first failure of the server as a whole: those after it mostly repeat it. */
  failed: string | null;
  /** The symbol or library that the dynamic linker couldn't find, or all it said. */
  linkerDeath: string | null;
  exited: boolean;
}

const NOTHING: Omit<LogSummary, 'loaded' | 'unloaded' | 'stuck' | 'missing' | 'loadFailures'> = {
  stale: null,
  deep: false,
  requested: false,
  refused: null,
  ready: false,
  failed: null,
  linkerDeath: null,
  exited: false,
};

/** @param events those since the reload began. */
export function summarizeEvents(events: readonly LogEvent[]): LogSummary {
  const sum: LogSummary = { ...NOTHING, loaded: [], unloaded: [], stuck: [], missing: [], loadFailures: [] };
  const missing = new Set<string>();
  for (const event of events) {
    if (event.kind === 'loaded') {
      sum.loaded.push(event.module);
      missing.delete(event.module);
    } else if (event.kind === 'unloading') {
      sum.unloaded.push(event.module);
      missing.add(event.module);
    } else if (event.kind === 'stuck') sum.stuck.push(event.module);
    else if (event.kind === 'unload-pass') sum.stale = event.stale;
    else if (event.kind === 'services-stopping') sum.deep = true;
    else if (event.kind === 'reload-requested') sum.requested = true;
    else if (event.kind === 'refused') sum.refused = event.why;
    else if (event.kind === 'load-failed')
      sum.loadFailures.push({ module: event.module, error: event.error });
    else if (event.kind === 'failed') sum.failed ??= event.message;
    else if (event.kind === 'linker-death') sum.linkerDeath ??= event.symbol ?? event.library ?? event.text;
    else if (event.kind === 'exit') sum.exited = true;
    if (event.kind === 'ready') sum.ready = true;
    else if (ENDS_LISTENING.has(event.kind)) sum.ready = false;
  }
  return { ...sum, missing: [...missing] };
}

const ENDS_LISTENING: ReadonlySet<LogEvent['kind']> = new Set([
  'draining',
  'stopped-listening',
  'drained',
  'unload-pass',
  'exit',
  'linker-death',
] as const);
