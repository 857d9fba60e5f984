/** A crate whose state is one for all who use it, as long as it exists once in a process. */
export interface GlobalState {
  /** What comes of two copies: follows "Each has a copy of its own: ". */
  effect: string;
  /** A function of a C library inside, where the state is that library's; without it the state is in Rust variables. */
  function?: string;
}

const allocator = (name: string): GlobalState => ({
  effect: 'memory that one copy allocated must not be freed by the other.',
  function: name,
});

const registry = (what: string): GlobalState => ({ effect: `${what} in one is not there in the other.` });

/**
 * Crates from elsewhere with state in variables of the program, by name of the package. Crates that only initialise
 * something once for themselves (once_cell, lazy_static, memchr) are none: each copy does so, and nobody notices.
 */
export const GLOBAL_STATE: ReadonlyMap<string, GlobalState> = new Map<string, GlobalState>([
  [
    'tokio',
    {
      effect:
        'a runtime of one is unknown to the other, where tokio::spawn, timers and sockets panic ("there is no reactor running") unless a runtime of its own runs there.',
    },
  ],
  ['tracing-core', registry('a subscriber that is set')],
  ['log', registry('a logger that is set, and its level,')],
  ['rayon-core', { effect: 'each has a thread pool of its own.' }],
  [
    'parking_lot_core',
    {
      effect: 'a lock that both use can wait for ever, as each wakes only threads that wait in its own copy.',
    },
  ],
  [
    'crossbeam-epoch',
    { effect: 'memory of a structure that both use can be freed while the other reads it.' },
  ],
  ['arc-swap', { effect: 'a value that one replaces can be freed while the other reads it.' }],
  ['async-global-executor', { effect: 'each has an executor and threads of its own.' }],
  ['async-std', { effect: 'each has an executor and threads of its own.' }],
  ['smol', { effect: 'each has an executor and threads of its own.' }],
  ['async-io', { effect: 'each has a reactor and a thread of its own.' }],
  ['actix-rt', registry('the system that runs')],
  ['metrics', registry('a recorder that is installed')],
  ['opentelemetry', registry('a provider that is set')],
  ['prometheus', registry('what is registered by default')],
  ['sentry-core', registry('a client that is bound')],
  ['slog-scope', registry('a logger that is set')],
  ['rustls', registry('a crypto provider that is installed')],
  ['inventory', registry('what is submitted')],
  ['signal-hook-registry', { effect: 'each keeps handlers of its own for the signals of the one process.' }],
  ['ctrlc', { effect: 'each sets a handler of its own for the signals of the one process.' }],
  ['string_cache', { effect: 'equal strings of the two can be unequal.' }],
  ['ustr', { effect: 'equal strings of the two can be unequal.' }],
  ['libmimalloc-sys', allocator('mi_malloc')],
  ['tikv-jemalloc-sys', allocator('_rjem_malloc')],
  ['jemalloc-sys', allocator('_rjem_malloc')],
  ['snmalloc-sys', allocator('sn_rust_alloc')],
  [
    'libsqlite3-sys',
    {
      effect: 'closing a database in one drops the locks that the other holds on the same file.',
      function: 'sqlite3_open_v2',
    },
  ],
]);

/** The functions that report such a C library. */
export const STATE_FUNCTIONS: ReadonlySet<string> = new Set(
  [...GLOBAL_STATE.values()].flatMap((each) => each.function ?? []),
);
