/** The features that `cargo build` arguments turn on, and what they say of the defaults. */
export function featureArguments(args: readonly string[]): {
  names: string[];
  all: boolean;
  defaults: boolean;
} {
  const names = args.flatMap((each, at) => {
    const before = args[at - 1];
    const value =
      before === '--features' || before === '-F'
        ? each
        : (/^(?:--features=|-F=?(?!$))(.*)$/s.exec(each)?.[1] ?? '');
    return value.split(/[\s,]+/).filter((name) => name !== '');
  });
  return { names, all: args.includes('--all-features'), defaults: !args.includes('--no-default-features') };
}

/** All features of a package that such arguments turn on, with those that they bring along. */
export function activeFeatures(
  features: ReadonlyMap<string, readonly string[]>,
  args: readonly string[],
): Set<string> {
  const { names, all, defaults } = featureArguments(args);
  if (all) return new Set(features.keys());
  // `package/feature` of another package turns nothing on here; of this one it does, and names are the same in both.
  const active = new Set([
    ...(defaults ? ['default'] : []),
    ...names.map((name) => name.split('/').at(-1) ?? name),
  ]);
  for (const name of active) {
    for (const brought of features.get(name) ?? []) if (features.has(brought)) active.add(brought);
  }
  return active;
}

/**
 * Does `cargo build` with these arguments turn on this feature of the program?
 * @param onByDefault the features that are on by default.
 */
export function hasFeature(
  feature: string,
  buildArguments: readonly string[],
  onByDefault: readonly string[],
): boolean {
  const { names, all, defaults } = featureArguments(buildArguments);
  if (all || (defaults && onByDefault.includes(feature))) return true;
  return names.some((each) => each === feature || each.endsWith(`/${feature}`));
}
