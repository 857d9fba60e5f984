import { unquote } from '../../rustDebug.ts';

/** A message, and the fields behind it by name. */
export interface Fields {
  message: string;
  fields: ReadonlyMap<string, string>;
}

export interface Field {
  name: string;
  value: string;
}

const FIELD = / ([A-Za-z_][\w.]*)=/y;

/** As `readFields`; of fields that share a name, the last. */
export function splitFields(text: string): Fields {
  const { message, fields } = readFields(text);
  return { message, fields: new Map(fields.map(({ name, value }) => [name, value])) };
}

/**
 * Splits `message name=value other="a value"`. A value reaches to the next field, so it may hold spaces; nothing inside
 * double quotes begins a field. Linear in the text's length.
 */
export function readFields(text: string): { message: string; fields: Field[] } {
  const found: { name: string; from: number; to: number }[] = [];
  let quoted = false;
  // A line whose message is empty begins with a field.
  const padded = ` ${text}`;
  for (let at = 0; at < padded.length; at += 1) {
    const char = padded[at];
    if (quoted && char === '\\') at += 1;
    else if (char === '"') quoted = !quoted;
    else if (char === ' ' && !quoted) {
      FIELD.lastIndex = at;
      const match = FIELD.exec(padded);
      if (match === null) continue;
      found.push({ name: match[1] ?? '', from: at, to: FIELD.lastIndex });
      at = FIELD.lastIndex - 1;
    }
  }
  const fields = found.map(({ name, to }, i) => ({
    name,
    value: unquote(padded.slice(to, found[i + 1]?.from)),
  }));
  return { message: padded.slice(1, found[0]?.from).trimEnd(), fields };
}
