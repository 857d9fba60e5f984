import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readElf } from '../../../main/engine/elf/elf.ts';
import { type ElfSymbols, readSymbols } from '../../../main/engine/elf/symbols.ts';
import type { BinaryFile, StayingFile } from '../../../main/engine/foresight/files.ts';

/** Symbols in short: `name`, `name@VERSION`, for undefined ones also `name@VERSION=library` and `?name` for weak. */
export function symbols(exported: readonly string[], wanted: readonly string[] = []): ElfSymbols {
  const parts = (text: string) => {
    const [name = '', version = null, file = null] = text.replace('?', '').split(/[@=]/);
    return { name, version, file, weak: text.startsWith('?') };
  };
  return {
    exported: exported.map((text) => {
      const { name, version, weak } = parts(text);
      return { name, version, weak, isDefault: true, unique: false };
    }),
    undefined: wanted.map(parts),
  };
}

/** A library called libNAME.so, open to everybody, that says nothing of itself but what is given. */
export function library(module: string, given: Partial<BinaryFile> = {}): BinaryFile {
  return {
    module,
    names: [`lib${module}.so`],
    needed: [],
    noDelete: false,
    bindNow: true,
    isGlobal: true,
    symbols: symbols([]),
    ...given,
  };
}

export function staying(module: string, given: Partial<StayingFile> = {}): StayingFile {
  return { ...library(module), role: 'pinned', replacedBy: null, ...given };
}

/** What a real file says of itself. */
export function realFile(path: string, given: Partial<BinaryFile> = {}): BinaryFile {
  const bytes = new Uint8Array(readFileSync(path));
  const source = {
    size: bytes.length,
    read: (offset: number, length: number) => bytes.subarray(offset, offset + length),
  };
  const summary = readElf(source);
  const read = readSymbols(source);
  if (!summary.ok || !read.ok) throw new Error(`${path} can't be read.`);
  const { soname, needed, flags1, bindNow } = summary.elf;
  const name = basename(path);
  return {
    module: name,
    names: soname === null || soname === name ? [name] : [name, soname],
    needed,
    noDelete: flags1.noDelete,
    bindNow,
    isGlobal: true,
    symbols: read.symbols,
    ...given,
  };
}
