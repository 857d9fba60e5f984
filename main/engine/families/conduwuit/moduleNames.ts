import type { ModuleNames } from '../family.ts';

/** Reads `MODULE_NAMES` in the Rust source of a server of the family. Null where it holds none. */
export function parseModuleNames(source: string): ModuleNames | null {
  const start = /\bMODULE_NAMES\s*:[^=;]*(?:;[^=;]*)?=\s*&?\s*\[/.exec(source);
  if (start === null) return null;
  const loaded: ModuleNames['loaded'] = [];
  const commented: string[] = [];
  let conditional = false;
  const body = source.slice(start.index + start[0].length);
  const tokens =
    /\/\/(?<line>[^\n]*)|\/\*(?<block>[\s\S]*?)\*\/|#\s*\[(?<attribute>(?:"[^"]*"|[^\]])*)\]|"(?<name>[^"]*)"|(?<end>\])/g;
  for (const { groups } of body.matchAll(tokens)) {
    const comment = groups?.line ?? groups?.block;
    if (groups?.end !== undefined) return { loaded, commented };
    if (comment !== undefined)
      commented.push(...[...comment.matchAll(/"(\w+)"/g)].flatMap(([, name]) => name ?? []));
    else if (groups?.attribute !== undefined) conditional ||= groups.attribute.trim().startsWith('cfg');
    else if (groups?.name !== undefined) {
      loaded.push({ name: groups.name, conditional });
      conditional = false;
    }
  }
  return null;
}
