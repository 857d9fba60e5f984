/** DT_FLAGS_1: what the linker was told with `-z`. */
export interface Flags1 {
  /** Bound when it is loaded, not when it is called: `-z now`. */
  now: boolean;
  /** Once mapped it stays until the process ends: `-z nodelete`. */
  noDelete: boolean;
  /** Its constructors run before all others: `-z initfirst`. */
  initFirst: boolean;
  /** It can't be opened with dlopen: `-z nodlopen`. */
  noOpen: boolean;
  /** It is never looked for in default folders: `-z nodefaultlib`. */
  noDefaultLib: boolean;
  /** Its symbols come before those of others in its group: `-z interpose`. */
  interpose: boolean;
  /** A position-independent program. */
  pie: boolean;
  /** The bits as they are, with those that have no name here. */
  bits: number;
}

/** Names the lower 32 bits. */
export function flags1Of(bits: number): Flags1 {
  const has = (mask: number) => (bits & mask) !== 0;
  return {
    now: has(0x1),
    noDelete: has(0x8),
    initFirst: has(0x20),
    noOpen: has(0x40),
    noDefaultLib: has(0x800),
    interpose: has(0x400),
    pie: has(0x0800_0000),
    bits,
  };
}

/**
 * What a file tells about its thread-local storage. It names no model, only traces of it:
 * `segment` without `fixed` is the general or local dynamic model, whose memory is found at run time: it can be
 * opened and closed. `fixed` is the initial-exec model somewhere in it: it takes its place in the fixed block that a
 * process has from its start, so opening it later fails when that block is full; it says nothing of how much it
 * takes. Neither flag: no thread-local variable of its own, and none of another's by the fixed model; one of
 * another's by a dynamic model leaves no trace. A linker may leave `fixed` out for programs, which always may use it.
 */
export interface ThreadLocal {
  /** It has thread-local variables of its own (PT_TLS). */
  segment: boolean;
  /** DF_STATIC_TLS: it uses thread-local variables, its own or another's, at places fixed at start. */
  fixed: boolean;
}

const DF_BIND_NOW = 0x8;
const DF_STATIC_TLS = 0x10;

/** What DT_FLAGS says that matters here. */
export const flagsOf = (bits: number): { now: boolean; staticTls: boolean } => ({
  now: (bits & DF_BIND_NOW) !== 0,
  staticTls: (bits & DF_STATIC_TLS) !== 0,
});
