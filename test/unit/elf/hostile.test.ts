import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readElf } from '../../../main/engine/elf/elf.ts';
import { readSymbols } from '../../../main/engine/elf/symbols.ts';
import { sourceOf, workshop } from './files.ts';
import { expectSobriety, MOST_BYTES, placesRead } from './sober.ts';

const shop = workshop();
afterAll(shop.remove);

const RUNS = 20_000;

let real: Uint8Array = new Uint8Array();
let places: number[] = [];

beforeAll(() => {
  shop.write('versions', 'ONE { global: answer; local: *; };');
  shop.link(
    'libvictim.so',
    '-shared',
    '-fPIC',
    '-Wl,-soname,libvictim.so.1,-rpath,$ORIGIN,-z,nodelete,--build-id,--hash-style=both',
    '-Wl,--version-script=versions',
  );
  real = shop.bytes('libvictim.so');
  places = placesRead(real);
});

/** Bytes that sizes and offsets go wrong with. */
const byte = fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.integer({ min: 0, max: 255 }));

describe('readElf and readSymbols over hostile bytes', () => {
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

describe('readSymbols over a hostile library', () => {
  /** A library with room for that many symbols, with a hash table that says so. */
  const library = (symbols: number, tableSize: number, place: (symbol: number) => number): Uint8Array => {
    const [hash, table] = [0x200, 0x300];
    const names = table + symbols * 24;
    const dynamic = names + tableSize;
    const bytes = new Uint8Array(dynamic + 5 * 16);
    const view = new DataView(bytes.buffer);
    bytes.set(real.subarray(0, 64));
    view.setBigUint64(32, 64n, true);
    view.setUint16(56, 2, true);
    for (const [at, type, offset, size] of [
      [64, 1, 0, bytes.length],
      [120, 2, dynamic, 5 * 16],
    ] as const) {
      view.setUint32(at, type, true);
      for (const field of [8, 16]) view.setBigUint64(at + field, BigInt(offset), true);
      view.setBigUint64(at + 32, BigInt(size), true);
    }
    view.setUint32(hash + 4, symbols, true);
    for (let symbol = 0; symbol < symbols; symbol++) {
      view.setUint32(table + symbol * 24, place(symbol), true);
      view.setUint8(table + symbol * 24 + 4, 0x10);
    }
    bytes.fill(0x78, names, dynamic - 1);
    const entries = [4, hash, 6, table, 5, names, 10, tableSize];
    for (const [at, value] of entries.entries()) view.setBigUint64(dynamic + at * 8, BigInt(value), true);
    return bytes;
  };

  test('names that overlap end in a failure before they fill the memory', () => {
    const bytes = library(50_000, 60_000, (symbol) => symbol + 1);
    expect(expectSobriety(bytes)).toBe('read, malformed');
  });

  test('as many symbols as it has room for are read', () => {
    const result = readSymbols(sourceOf(library(1000, 500, (symbol) => (symbol % 400) + 1)));
    expect(result).toMatchObject({ ok: false, failure: { kind: 'malformed' } });
    const short = readSymbols(sourceOf(library(1000, 6000, () => 5998)));
    expect(short.ok && short.symbols.undefined.length).toBe(1000);
  });

  test('a count that the file has no room for is refused before anything is read', () => {
    const bytes = library(10, 100, () => 1);
    new DataView(bytes.buffer).setUint32(0x204, 0xffff_ffff, true);
    const source = sourceOf(bytes);
    expect(readSymbols(source)).toMatchObject({ ok: false, failure: { kind: 'malformed' } });
    new DataView(bytes.buffer).setUint32(0x204, 900_000, true);
    expect(readSymbols(source)).toMatchObject({ ok: false, failure: { kind: 'truncated' } });
    expect(source.asked.bytes).toBeLessThan(2000);
  });

  test('lists of versions that lead back into each other come to an end', () => {
    const bytes = library(10, 100, () => 98);
    const view = new DataView(bytes.buffer);
    const dynamic = 0x300 + 240 + 100;
    // A requirement of 65,535 parts, each of which is four bytes further on.
    for (let at = 0x210; at < 0x300; at += 4) view.setUint32(at, 4, true);
    view.setUint16(0x212, 0xffff, true);
    const longer = new Uint8Array(bytes.length + 32);
    longer.set(bytes);
    const entries = [0x6ffffffe, 0x210, 0x6fffffff, 0xffff_ffff];
    const end = new DataView(longer.buffer);
    for (const [at, value] of entries.entries()) {
      end.setBigUint64(dynamic + 64 + at * 8, BigInt(value), true);
    }
    end.setBigUint64(120 + 32, BigInt(6 * 16), true);
    expect(expectSobriety(longer)).toMatch(/^read, (malformed|truncated)$/);
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
