/** Something that a reload would run into, or that is wrong with the files on disk. */
export interface Finding {
  kind: 'undefined-symbol' | 'cannot-unload' | 'torn' | 'left-behind' | 'restart-needed';
  /** `blocking`: a reload would fail or leave old code running, so it must not be done unasked; `info`: can't tell. */
  severity: 'blocking' | 'warning' | 'info';
  /** The module, or the file name of a library that is none. */
  module: string;
  /** Sentences for the user. */
  message: string;
  remedy: 'rebuild' | 'restart' | 'reload-all' | null;
  /** Names to look at closer, such as symbols; the first few of them. */
  details: readonly string[];
}

export const MOST_DETAILS = 20;

/** "a", "a and b", "a, b and c". */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
