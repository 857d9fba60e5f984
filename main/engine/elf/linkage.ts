/** A file among others that it needs and that need it. */
export interface Linkage {
  /** What others call it in DT_NEEDED: its file name and its DT_SONAME. */
  names: readonly string[];
  /** DT_NEEDED, as it is in the file. */
  needed: readonly string[];
}

/** A library without DT_SONAME that was linked by its path is needed by that path; here its file name will do. */
export const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

export function namesOf(path: string, soname: string | null): string[] {
  const name = lastPart(path);
  return soname === null || lastPart(soname) === name ? [name] : [name, lastPart(soname)];
}

/** Files by all of their names; of two with the same name the first. */
export function byName<F extends Linkage>(files: Iterable<F>): ReadonlyMap<string, F> {
  const found = new Map<string, F>();
  for (const file of files) {
    for (const name of file.names) if (!found.has(name)) found.set(name, file);
  }
  return found;
}

/** The known files that a file is linked to. */
export const linkedTo = <F extends Linkage>(
  file: Pick<Linkage, 'needed'>,
  known: ReadonlyMap<string, F>,
): F[] => file.needed.flatMap((name) => known.get(lastPart(name)) ?? []);

/** The known files among all that a file needs, and that those need. */
export function neededBy<F extends Linkage>(
  file: Pick<Linkage, 'needed'>,
  known: ReadonlyMap<string, F>,
): Set<F> {
  const files = new Set(linkedTo(file, known));
  for (const each of files) for (const next of linkedTo(each, known)) files.add(next);
  return files;
}
