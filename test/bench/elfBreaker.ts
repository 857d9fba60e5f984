/** Numbers that sizes, offsets and counts go wrong with. */
const EVIL = [0n, 1n, 2n, 0x7fn, 0x80n, 0xffn, 0x7fffn, 0xffffn, 0x10000n, 0x7fff_ffffn, 0xffff_ffffn]
  .concat([0x1_0000_0000n, 0x1f_ffff_ffff_ffffn, 0x20_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn])
  .concat([0xffff_ffff_ffff_fff8n, 0xffff_ffff_ffff_ffffn]);

/**
 * A broken copy of a file, the same for the same seed: one to six changes (bytes, whole numbers, pieces copied
 * elsewhere), most of them where it is read, and now and then an early end.
 */
export function breaker(seed: number, file: Uint8Array, places: readonly number[]): Uint8Array {
  const random = generator(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const bytes = file.slice();
  const view = new DataView(bytes.buffer);
  const place = () => (random() < 0.9 ? (places[below(places.length)] ?? 0) : below(bytes.length));
  for (let changes = 1 + below(6); changes > 0; changes--) {
    const at = place();
    const kind = below(5);
    // Numbers stand at multiples of their size.
    const aligned = Math.min(at - (at % 8), bytes.length - 8);
    const evil = random() < 0.7 ? (EVIL[below(EVIL.length)] ?? 0n) : BigInt(below(bytes.length * 2));
    if (kind === 0) bytes[at] = below(256);
    else if (kind === 1) bytes[at] = 1 << below(8);
    else if (kind === 2) view.setBigUint64(aligned, BigInt.asUintN(64, evil), true);
    else if (kind === 3) view.setUint32(aligned + 4 * below(2), Number(BigInt.asUintN(32, evil)), true);
    else bytes.copyWithin(at, place(), place() + 1 + below(64));
  }
  return random() < 0.05 ? bytes.subarray(0, below(bytes.length)) : bytes;
}

/** Numbers from 0 to below 1 (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
