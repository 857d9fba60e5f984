/** Joins names as a sentence does: `a`, `a and b`, `a, b and c`; with `or` as well. */
export const list = (names: readonly string[], word: 'and' | 'or' = 'and'): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;

/** Joins the first `most` names and counts the others: `a and b`, `a, b and 3 more`. */
export const listSome = (names: readonly string[], most: number): string =>
  names.length <= most ? list(names) : `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
