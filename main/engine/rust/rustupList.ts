/** Reads `rustup toolchain list -v`: a name, marks in parentheses, and its folder. */
export function parseInstalled(text: string): { name: string; path: string; version: null }[] {
  return text.split('\n').flatMap((line) => {
    const [, name, path] = /^(\S+)(?:\s+\([^)]*\))*\s+(\/.*)$/.exec(line.trim()) ?? [];
    return name === undefined || path === undefined ? [] : [{ name, path, version: null }];
  });
}
