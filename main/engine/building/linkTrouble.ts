/** Why a link failed, where that is the linker's doing and not the program's. */
export interface LinkTrouble {
  kind:
    | 'linker-missing'
    | 'driver-missing'
    | 'driver-refused'
    | 'unknown-option'
    | 'crashed'
    | 'out-of-memory'
    | 'linker-error';
  /** The linker that was asked for, by its short name; null where none was named. */
  linker: string | null;
  /** A sentence for the user. */
  message: string;
  /** May another linker do better? */
  another: boolean;
  /** What to do where no other linker is at hand; null: install one (`installAnother`). */
  remedy: string | null;
}

/** What is worth installing where the linkers that were tried failed, and no other is there. */
export function installAnother(tried: readonly string[]): string {
  const left = [
    ...['mold', 'lld'].filter((each) => !tried.includes(each)),
    ...(tried.includes('bfd') ? [] : ['the binutils']),
  ];
  return left.length === 0
    ? 'The Build tab shows the whole error.'
    : `Install ${left.join(' or ')}, and build again.`;
}
