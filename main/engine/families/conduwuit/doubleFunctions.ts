import type { DoubleFunction } from '../family.ts';

/**
 * Functions that a source defines twice at its top level, where one of the two stands under no cfg: as soon as the
 * other's cfg holds, the compiler refuses both.
 */
export function doubleFunctions(source: string): DoubleFunction[] {
  const functions = new Map<string, { line: number; cfg: boolean }[]>();
  let cfg = false;
  let attribute = 0;
  for (const [index, text] of source.split('\n').entries()) {
    if (attribute > 0 || /^#\[/.test(text)) {
      cfg ||= attribute === 0 && /^#\[\s*cfg\s*\(/.test(text);
      attribute += depthOf(text);
      continue;
    }
    if (/^\s*\/\/|^\s*$/.test(text)) continue;
    const name =
      /^(?:pub(?:\([^)]*\))?\s+)?(?:const\s+|async\s+|unsafe\s+|extern\s+"[^"]*"\s+)*fn\s+(\w+)/.exec(
        text,
      )?.[1];
    if (name !== undefined) functions.set(name, [...(functions.get(name) ?? []), { line: index + 1, cfg }]);
    cfg = false;
  }
  return [...functions].flatMap(([name, places]) => {
    const bare = places.find((place) => !place.cfg);
    const other = places.find((place) => place !== bare);
    return bare === undefined || other === undefined ? [] : [{ name, line: bare.line, other: other.line }];
  });
}

const depthOf = (text: string): number => {
  const code = text.replaceAll(/"[^"]*"/g, '').replace(/\/\/.*/, '');
  return (code.match(/\[/g) ?? []).length - (code.match(/\]/g) ?? []).length;
};
