import { unquote } from '../../rustDebug.ts';
import { type Field, readFields } from '../events/fields.ts';
import { rawFactOf } from '../events/rawFacts.ts';
import { readScope, splitTarget } from '../events/scope.ts';
import type { Reading, Span, Start } from './record.ts';
import { timeOf } from './time.ts';

/** `span{fields}:span: target: message fields` behind time and level. */
export function readScoped(text: string, start: Start): Reading {
  const rest = text.slice(start.body).trimEnd();
  const time = timeOf(start.time);
  const scope = readScope(rest);
  if (scope === null) return { time, ...readFields(rest) };
  return {
    time,
    target: scope.target,
    spans: scope.spans.map(({ name, fields }) => ({ name, fields: spanFields(fields) })),
    ...readFields(scope.text),
  };
}

/** `target: message, name: value`. Where the message ends and its fields begin isn't marked, so they stay in it. */
export function readPretty(text: string, start: Start): Reading {
  const rest = text.slice(start.body).trimEnd();
  const scope = splitTarget(rest);
  return { time: timeOf(start.time), target: scope?.target ?? null, message: scope?.text ?? rest };
}

const ENV_TARGET = /^ ?([^\]\s]{0,200})\] ?/;

/** `target] message` behind time and level. */
export function readEnvLogger(text: string, start: Start): Reading {
  const rest = text.slice(start.body).trimEnd();
  const [head = '', target = ''] = ENV_TARGET.exec(rest) ?? [];
  return {
    time: timeOf(start.time),
    target: target === '' ? null : target,
    ...readFields(rest.slice(head.length)),
  };
}

const PANIC_PLACE = /^thread '([^']{0,100})'(?: \(\d{1,10}\))? panicked at (.*?):?$/;

/** The line above a panic's message (before Rust 1.73 the message stands on it). */
export function readPanic(text: string): Reading {
  const message = text.trimEnd();
  const [, thread, place] = PANIC_PLACE.exec(message) ?? [];
  if (thread === undefined || place === undefined) return { message };
  return {
    message,
    fields: [
      { name: 'thread', value: thread },
      { name: 'at', value: place },
    ],
  };
}

/** The dynamic linker's last words. */
export function readLinker(text: string): Reading {
  const fact = rawFactOf(text);
  const fields: Field[] = [];
  if (fact?.kind === 'linker-death') {
    if (fact.symbol !== null) fields.push({ name: 'symbol', value: fact.symbol });
    if (fact.library !== null) fields.push({ name: 'library', value: fact.library });
  }
  return { message: text.trimEnd(), fields };
}

export const readText = (text: string): Reading => ({ message: text.trimEnd() });

const PRETTY_SPAN = /^ {4}in (\S{1,200})(?: with (.*))?$/;

/** The spans below an error of several lines, the outermost first: there the innermost comes first. */
export function spansBelow(extra: readonly string[]): Span[] {
  const spans: Span[] = [];
  for (const line of extra) {
    const [, path, fields = ''] = PRETTY_SPAN.exec(line.trimEnd()) ?? [];
    if (path === undefined) continue;
    spans.unshift({ name: path.slice(path.lastIndexOf(':') + 1), fields: prettyFields(fields) });
  }
  return spans;
}

/** `a=1 b=2`, as spans carry them; text that is no field has the name that tracing gives it. */
function spanFields(text: string): Field[] {
  if (text === '') return [];
  const { message, fields } = readFields(text);
  return message === '' ? fields : [{ name: 'message', value: message }, ...fields];
}

const PRETTY_FIELD = /(?:^|, )([A-Za-z_][\w.]*): /g;

/** `a: 1, b: 2`, or `a=1 b=2`: it depends on what else the program set up. */
function prettyFields(text: string): Field[] {
  const found = [...text.matchAll(PRETTY_FIELD)];
  if (found.length === 0 || found[0]?.index !== 0) return spanFields(text);
  return found.map((match, i) => ({
    name: match[1] ?? '',
    value: unquote(text.slice(match.index + match[0].length, found[i + 1]?.index)),
  }));
}
