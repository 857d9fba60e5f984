import { LOG_CRATES } from '../../families/families.ts';

/** Where a log line comes from, and what it says. */
export interface Scope {
  /** The spans around it, the outermost first, without their fields. */
  spans: string[];
  /** The module path that wrote it; its first part is the crate. */
  target: string;
  /** The message with its fields, as it stands in the log. */
  text: string;
}

/** As `Scope`, with what stands in the braces behind each span. */
export interface FullScope extends Omit<Scope, 'spans'> {
  spans: { name: string; fields: string }[];
}

const NAME = /[^\s:{}"=]+(?:::[^\s:{}"=]+)*/y;
const MODULE_PATH = /^[A-Za-z_]\w*(?:::\w+)*$/;

const isOurs = (name: string): boolean =>
  LOG_CRATES.some((crate) => name.startsWith(crate) && /^(?:_|::|$)/.test(name.slice(crate.length)));

/**
 * Whether `first: second: ...` begins with a span. The format doesn't say: it may as well be a target whose message
 * begins with `second: `. A guess that holds for the known servers, and for others whose targets have `::` or `_`.
 */
const isSpan = (first: string, second: string): boolean => {
  if (first.includes('::') || isOurs(first)) return false;
  return MODULE_PATH.test(second) && (/::|_/.test(second) || isOurs(second));
};

/** As `readScope`, without the spans' fields. */
export function splitScope(text: string): Scope | null {
  const scope = readScope(text);
  return scope && { ...scope, spans: scope.spans.map(({ name }) => name) };
}

/** Splits `span{fields}:span: target: message`; null if it isn't built like that. Linear in the text's length. */
export function readScope(text: string): FullScope | null {
  const first = readGroup(text, 0);
  if (first === null) return null;
  const name = first.parts[0]?.name ?? '';
  const second = readGroup(text, first.end);
  const target = second?.parts.length === 1 && !second.hasFields ? (second.parts[0]?.name ?? '') : null;
  if (first.hasFields || first.parts.length > 1) {
    if (second === null || target === null) return null;
    return { spans: first.parts, target, text: text.slice(second.end) };
  }
  if (second !== null && target !== null && isSpan(name, target)) {
    return { spans: first.parts, target, text: text.slice(second.end) };
  }
  return { spans: [], target: name, text: text.slice(first.end) };
}

/** Splits `target: message`, as the multi-line form has it: there the spans stand below. */
export function splitTarget(text: string): Scope | null {
  const group = readGroup(text, 0);
  const [target] = group?.parts ?? [];
  if (group === null || target === undefined || group.parts.length > 1 || group.hasFields) return null;
  return { spans: [], target: target.name, text: text.slice(group.end) };
}

interface Group {
  parts: { name: string; fields: string }[];
  hasFields: boolean;
  end: number;
}

/** What stands before `: `: one name, or several with `:` between them, each perhaps with fields in braces. */
function readGroup(text: string, start: number): Group | null {
  const parts: Group['parts'] = [];
  let hasFields = false;
  for (let at = start; ; ) {
    NAME.lastIndex = at;
    const name = NAME.exec(text)?.[0];
    if (name === undefined) return null;
    at += name.length;
    const open = at;
    if (text[at] === '{') {
      hasFields = true;
      at = endOfBraces(text, at);
    }
    parts.push({ name, fields: text.slice(open + 1, Math.max(open + 1, at - 1)) });
    if (text[at] !== ':') return null;
    at += 1;
    if (text[at] === ' ' || at === text.length) {
      return { parts, hasFields, end: Math.min(at + 1, text.length) };
    }
  }
}

/** The place behind the brace that closes the one at `open`, whatever is quoted between them; the end if none does. */
function endOfBraces(text: string, open: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = open; at < text.length; at += 1) {
    const char = text[at];
    if (quoted && char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === '{' && !quoted) depth += 1;
    else if (char === '}' && !quoted && --depth === 0) return at + 1;
  }
  return text.length;
}
