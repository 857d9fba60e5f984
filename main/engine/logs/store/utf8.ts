/**
 * @param at a place in the bytes, or before them by as much as `before` holds.
 * @returns the same place, or the beginning of the UTF-8 character that it would cut: up to three bytes earlier.
 */
export function characterStart(bytes: Uint8Array, at: number, before: Uint8Array): number {
  for (let back = 1; back <= 3; back += 1) {
    const byte = bytes[at - back] ?? before[before.length + at - back];
    if (byte === undefined || byte < 0x80) return at;
    if (byte >= 0xc0) return lengthOf(byte) > back ? at - back : at;
  }
  return at;
}

const lengthOf = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);
