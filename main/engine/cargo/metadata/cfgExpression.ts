/**
 * Does the `target` of a dependency hold: a triple, or `cfg(…)` with `all`, `any`, `not`, names and `key = "value"`
 * (https://doc.rust-lang.org/reference/conditional-compilation.html)? What can't be read does not hold.
 * @param triple of the platform that is built for.
 * @param cfg what `rustc --print cfg` prints for it, line by line.
 */
export function targetHolds(target: string, triple: string, cfg: ReadonlySet<string>): boolean {
  const expression = /^cfg\s*\((.*)\)$/s.exec(target.trim())?.[1];
  if (expression === undefined) return target.trim() === triple;
  const tokens = expression.match(/"[^"]*"|[\w-]+|[(),=]/g) ?? [];
  let at = 0;
  const predicate = (): boolean => {
    const name = tokens[at++] ?? '';
    if (tokens[at] === '(') {
      at += 1;
      const parts: boolean[] = [];
      while (at < tokens.length && tokens[at] !== ')') {
        parts.push(predicate());
        if (tokens[at] === ',') at += 1;
      }
      at += 1;
      if (name === 'all') return parts.every(Boolean);
      if (name === 'any') return parts.some(Boolean);
      return name === 'not' && parts[0] === false;
    }
    if (tokens[at] === '=') {
      const value = tokens[at + 1] ?? '';
      at += 2;
      return cfg.has(`${name}=${value.replaceAll('"', '')}`);
    }
    return name === 'true' || cfg.has(name);
  };
  return predicate();
}
