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
