/**
 * Does `cargo build` with these arguments turn on this feature of the program?
 * @param defaults the features that are on by default.
 */
export function hasFeature(
  feature: string,
  buildArguments: readonly string[],
  defaults: readonly string[],
): boolean {
  if (buildArguments.includes('--all-features')) return true;
  if (defaults.includes(feature) && !buildArguments.includes('--no-default-features')) return true;
  return named(buildArguments).some((each) => each === feature || each.endsWith(`/${feature}`));
}

/** What follows `--features` or `-F`: names with commas or spaces between them. */
function named(buildArguments: readonly string[]): string[] {
  const lists = buildArguments.flatMap((argument, at) => {
    if (argument === '--features' || argument === '-F') return [buildArguments[at + 1] ?? ''];
    const joined = /^(?:--features=|-F=?)(.+)$/.exec(argument)?.[1];
    return joined === undefined ? [] : [joined];
  });
  return lists.flatMap((list) => list.split(/[\s,]+/)).filter((name) => name !== '');
}
