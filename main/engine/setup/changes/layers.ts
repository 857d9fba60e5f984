import type { Conflict } from '#shared/contract.ts';
import { mergeFiles } from './merge.ts';

/** What was made of a file once; null: there was none. */
export interface Layer<T> {
  before: T;
  after: T;
}

/**
 * Puts one more change of a file on top of those before it. One that goes on from where the last ended becomes one
 * with it; and where the file was back at its beginning, those before it are over.
 */
export function addLayer<T>(layers: readonly Layer<T>[], layer: Layer<T>): Layer<T>[] {
  const [first] = layers;
  const last = layers.at(-1);
  if (first === undefined || last === undefined || first.before === layer.before) return real([layer]);
  if (last.after !== layer.before) return real([...layers, layer]);
  return real([...layers.slice(0, -1), { before: last.before, after: layer.after }]);
}

const real = <T>(layers: readonly Layer<T>[]): Layer<T>[] =>
  layers.filter(({ before, after }) => before !== after);

/** How a file stands to the setup that changed it. */
export type Standing =
  /** Nobody edited it: it can go back to `original`. */
  | { kind: 'as-applied'; original: Buffer | null }
  /** It is what it was before. */
  | { kind: 'gone-back' }
  /** `merged`: what the setup did taken back and nothing else; null where that can't be told apart. */
  | { kind: 'edited'; original: Buffer | null; applied: Buffer | null; merged: Buffer | null };

/** @param layers at least one, first to last. @param current the file as it is now. */
export function standingOf(layers: readonly Layer<Buffer | null>[], current: Buffer | null): Standing {
  const original = layers[0]?.before ?? null;
  const applied = layers.at(-1)?.after ?? null;
  if (same(current, original)) return { kind: 'gone-back' };
  if (layers.length === 1 && same(current, applied)) return { kind: 'as-applied', original };
  return { kind: 'edited', original, applied, merged: takeBack(layers, current) };
}

function takeBack(layers: readonly Layer<Buffer | null>[], current: Buffer | null): Buffer | null {
  let now = current;
  for (const { before, after } of layers.toReversed()) {
    if (same(now, after)) now = before;
    else if (now === null || after === null) return null;
    else now = mergeFiles(after, now, before ?? Buffer.alloc(0));
  }
  return now;
}

const same = (one: Buffer | null, other: Buffer | null): boolean =>
  one === null || other === null ? one === other : one.equals(other);

const textOf = (bytes: Buffer | null): string | null => bytes?.toString() ?? null;

/** The question that an edited file leads to; null where there is none. */
export function conflictOf(file: string, standing: Standing, current: Buffer | null): Conflict | null {
  if (standing.kind !== 'edited') return null;
  const { original, applied, merged } = standing;
  return {
    file,
    original: textOf(original),
    applied: textOf(applied),
    current: textOf(current),
    merged: textOf(merged),
  };
}
