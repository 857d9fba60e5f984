/** A library without DT_SONAME that was linked by its path is needed by that path; here its file name will do. */
export const lastPart = (name: string): string => name.slice(name.lastIndexOf('/') + 1);

/** What others may call a file in DT_NEEDED: its file name and its DT_SONAME. */
export function namesOf(path: string, soname: string | null): string[] {
  const name = lastPart(path);
  return soname === null || lastPart(soname) === name ? [name] : [name, lastPart(soname)];
}
