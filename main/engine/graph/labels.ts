/**
 * The names on screen: each without the prefix, up to a `_` or `-`, that all of them share, as in
 * `conduwuit_api` -> `api`. No label is empty; a name that has nothing to share with stays as it is.
 * @param names those of modules and pinned libraries.
 */
export function labelsOf(names: readonly string[]): Map<string, string> {
  const cut = sharedPrefix([...new Set(names)]);
  return new Map(names.map((name) => [name, name.slice(cut)]));
}

/** Length of the longest prefix that ends with a separator, is shared by all, and is none of them whole. */
function sharedPrefix(names: readonly string[]): number {
  const [first, ...others] = names;
  if (first === undefined || others.length === 0) return 0;
  let shared = Math.min(...names.map((name) => name.length)) - 1;
  for (const other of others) {
    let same = 0;
    while (same < shared && first[same] === other[same]) same++;
    shared = same;
  }
  while (shared > 0 && first[shared - 1] !== '_' && first[shared - 1] !== '-') shared--;
  return shared;
}
