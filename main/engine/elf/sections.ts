import type { Header } from './header.ts';
import { readNames } from './nameTable.ts';
import { type ByteSource, done, readPart, type Step, stop, word } from './source.ts';

/** A section header; sizes and places in bytes. */
export interface Section {
  name: string;
  type: number;
  flags: number;
  address: number;
  offset: number;
  size: number;
}

const SECTION_SIZE = 64;
const MOST_SECTIONS = 16_384;

/** Reads the section headers, which linkers write and `strip -s` may remove: null where there are none. */
export function readSections(source: ByteSource, { sections }: Header): Step<Section[] | null> {
  const { offset, size, count, names: at } = sections;
  if (count === 0 || offset === 0) return done(null);
  if (size !== SECTION_SIZE || at >= count) return stop('malformed', 'Its section headers make no sense.');
  const read = readPart(source, {
    what: 'section header table',
    offset,
    length: count * SECTION_SIZE,
    limit: MOST_SECTIONS * SECTION_SIZE,
  });
  if (!read.ok) return read;
  const view = read.value;
  const table = at * SECTION_SIZE;
  const names = readNames(source, { offset: word(view, table + 24), size: word(view, table + 32) });
  if (!names.ok) return names;
  const found: Section[] = [];
  for (let place = 0; place < view.byteLength; place += SECTION_SIZE) {
    found.push({
      name: names.value.at(view.getUint32(place, true)) ?? '',
      type: view.getUint32(place + 4, true),
      flags: view.getUint32(place + 8, true),
      address: word(view, place + 16),
      offset: word(view, place + 24),
      size: word(view, place + 32),
    });
  }
  return done(found);
}
