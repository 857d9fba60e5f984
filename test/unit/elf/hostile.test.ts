import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readElf } from '../../../main/engine/elf/elf.ts';
import { sourceOf, workshop } from './files.ts';

const shop = workshop();
afterAll(shop.remove);

/** More than any real file takes, and little enough to be read in a moment. */
const MOST_BYTES = 4 << 20;
const RUNS = 20_000;

let real: Uint8Array = new Uint8Array();
/** Where header, program headers, dynamic section and the first names lie: what is worth changing. */
let places: number[] = [];

beforeAll(() => {
  shop.link(
    'libvictim.so',
    '-shared',
    '-fPIC',
    '-Wl,-soname,libvictim.so.1,-rpath,$ORIGIN,-z,nodelete,--build-id',
  );
  real = shop.bytes('libvictim.so');
  const seen = new Set<number>();
  readElf({
    size: real.length,
    read(offset, length) {
      for (let at = offset; at < offset + length; at++) seen.add(at);
      return real.subarray(offset, offset + length);
    },
  });
  places = [...seen];
});

/** It must end in one of its own results, having asked for parts of the file only, and for few of them. */
function expectSobriety(bytes: Uint8Array): void {
  const source = sourceOf(bytes);
  const result = readElf({
    size: source.size,
    read(offset, length) {
      if (!Number.isSafeInteger(offset) || offset < 0 || length < 0 || offset + length > bytes.length) {
        throw new Error(`asked for ${length} bytes at ${offset}`);
      }
      return source.read(offset, length);
    },
  });
  if (!result.ok && !['truncated', 'not elf', 'foreign', 'malformed'].includes(result.failure.kind)) {
    throw new Error(result.failure.kind);
  }
  if (source.asked.bytes > MOST_BYTES) throw new Error(`asked for ${source.asked.bytes} bytes`);
}

/** Bytes that sizes and offsets go wrong with. */
const byte = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 }));

describe('readElf over hostile bytes', () => {
  test('bears any few bytes changed where it reads', () => {
    const change = fc.record({ at: fc.nat(), bytes: fc.array(byte, { minLength: 1, maxLength: 8 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        const bytes = real.slice();
        for (const each of changes) {
          const at = places[each.at % places.length] ?? 0;
          bytes.set(each.bytes.slice(0, bytes.length - at), at);
        }
        expectSobriety(bytes);
      }),
      { numRuns: RUNS },
    );
  });

  test('bears a file cut anywhere', () => {
    for (let length = 0; length < real.length; length++) expectSobriety(real.subarray(0, length));
  });

  test('bears any bytes after a good start', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 0, max: 120 }), (tail, kept) => {
        const bytes = new Uint8Array(kept + tail.length);
        bytes.set(real.subarray(0, kept));
        bytes.set(tail, kept);
        expectSobriety(bytes);
      }),
      { numRuns: RUNS },
    );
  });

  test('bears a dynamic section full of names that overlap', () => {
    const bytes = forged(16_000, (at) => at);
    const source = sourceOf(bytes);
    expect(readElf(source)).toMatchObject({ ok: false, failure: { kind: 'malformed' } });
    expect(source.asked.bytes).toBeLessThan(MOST_BYTES);
    expectSobriety(bytes);
  });

  test('reads the same name of many entries once', () => {
    const bytes = forged(16_000, () => 0);
    const source = sourceOf(bytes);
    const result = readElf(source);
    expect(result.ok && result.elf.needed.length).toBe(16_000);
    expect(source.asked.bytes).toBeLessThan(400_000);
  });
});

/** A library with one long string of x (4,000 bytes, then zeros) and that many entries that name parts of it. */
function forged(entries: number, place: (entry: number) => number): Uint8Array {
  const table = 64 + 2 * 56;
  const dynamic = table + 20_000;
  const bytes = new Uint8Array(dynamic + (entries + 3) * 16);
  const view = new DataView(bytes.buffer);
  bytes.set(real.subarray(0, 64));
  view.setBigUint64(32, 64n, true);
  view.setUint16(56, 2, true);
  const segment = (at: number, type: number, offset: number, size: number) => {
    view.setUint32(at, type, true);
    for (const field of [8, 16]) view.setBigUint64(at + field, BigInt(offset), true);
    view.setBigUint64(at + 32, BigInt(size), true);
  };
  segment(64, 1, 0, bytes.length);
  segment(120, 2, dynamic, (entries + 3) * 16);
  for (let at = table; at < dynamic; at++) bytes[at] = at % 4000 === 3999 ? 0 : 0x78;
  const put = (entry: number, tag: number, value: number) => {
    view.setBigUint64(dynamic + entry * 16, BigInt(tag), true);
    view.setBigUint64(dynamic + entry * 16 + 8, BigInt(value), true);
  };
  put(0, 5, table);
  put(1, 10, 20_000);
  for (let entry = 0; entry < entries; entry++) put(entry + 2, 1, place(entry));
  return bytes;
}
