import type { Field } from '../events/fields.ts';
import type { Reading, Span, Start } from './record.ts';
import { timeOf } from './time.ts';

/** A record as one JSON object, as tracing-subscriber writes it. What doesn't parse (it was cut, say) is shown as it is. */
export function readJson(text: string, start: Start): Reading {
  const time = timeOf(start.time);
  const line = parse(text);
  if (line === null) return { time, message: text.trimEnd() };
  // Its settings say whether fields have an object of their own or stand among the rest.
  const own = asObject(line.fields);
  const { message = '', ...fields } = own ?? withoutHead(line);
  const spans = Array.isArray(line.spans) ? line.spans : line.span === undefined ? [] : [line.span];
  return {
    time: time ?? timeOf(typeof line.timestamp === 'string' ? line.timestamp : null),
    target: typeof line.target === 'string' ? line.target : null,
    spans: spans.flatMap(spanOf),
    message: textOf(message),
    fields: fieldsOf(fields),
  };
}

type JsonObject = Record<string, unknown>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asObject = (value: unknown): JsonObject | null => (isObject(value) ? value : null);

function parse(text: string): JsonObject | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

const HEAD = new Set(['timestamp', 'level', 'target', 'span', 'spans']);

const withoutHead = (line: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(line).filter(([name]) => !HEAD.has(name)));

const fieldsOf = (object: JsonObject): Field[] =>
  Object.entries(object).map(([name, value]) => ({ name, value: textOf(value) }));

function spanOf(value: unknown): Span[] {
  if (!isObject(value)) return [];
  const { name = '', ...fields } = value;
  return [{ name: textOf(name), fields: fieldsOf(fields) }];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // Nested deeper than the stack.
    return '…';
  }
}
