import { type Header, PT_NOTE } from './header.ts';
import { type ByteSource, readPart } from './source.ts';

const MOST_SEGMENTS = 16;
const MOST_BYTES = 1 << 16;
const NT_GNU_BUILD_ID = 3;
const GNU = 0x474e5500;
const LONGEST_ID = 64;

/**
 * The build id in hexadecimal, or null where there is none. Nothing that matters depends on it, so notes that
 * make no sense are no failure.
 */
export function readBuildId(source: ByteSource, header: Header): string | null {
  const segments = header.segments.filter((each) => each.type === PT_NOTE).slice(0, MOST_SEGMENTS);
  for (const { offset, fileSize: length, alignment } of segments) {
    const read = readPart(source, { what: 'notes', offset, length, limit: MOST_BYTES });
    if (!read.ok) continue;
    const id = buildIdIn(read.value, alignment === 8 ? 8 : 4);
    if (id !== null) return id;
  }
  return null;
}

function buildIdIn(view: DataView, alignment: number): string | null {
  const aligned = (size: number) => Math.ceil(size / alignment) * alignment;
  for (let at = 0; at + 12 <= view.byteLength; ) {
    const nameSize = view.getUint32(at, true);
    const size = view.getUint32(at + 4, true);
    const type = view.getUint32(at + 8, true);
    const start = at + aligned(12 + nameSize);
    if (start + size > view.byteLength) return null;
    const isGnu = nameSize === 4 && view.getUint32(at + 12) === GNU;
    if (isGnu && type === NT_GNU_BUILD_ID && size > 0 && size <= LONGEST_ID) return hex(view, start, size);
    at = start + aligned(size);
  }
  return null;
}

function hex(view: DataView, start: number, size: number): string {
  let text = '';
  for (let at = start; at < start + size; at++) text += view.getUint8(at).toString(16).padStart(2, '0');
  return text;
}
