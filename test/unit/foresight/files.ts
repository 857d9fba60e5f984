import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { readElf } from '../../../main/engine/elf/elf.ts';
import type { ByteSource } from '../../../main/engine/elf/source.ts';
import { readSymbols } from '../../../main/engine/elf/symbols.ts';
import { readSymbolTable, type SymbolTable, tableOf } from '../../../main/engine/elf/symbolTable.ts';
import type { LoadingFile, StayingFile } from '../../../main/engine/foresight/binaryFile.ts';

/** Symbols in short: `name`, `name@VERSION`, `!name` for unique; undefined ones also `name@VERSION=library`, `?name` for weak. */
export function symbols(exported: readonly string[], wanted: readonly string[] = []): SymbolTable {
  const parts = (text: string) => {
    const [name = '', version = null, file = null] = text.replace(/^[?!]/, '').split(/[@=]/);
    return { name, version, file, weak: text.startsWith('?') };
  };
  return tableOf({
    exported: exported.map((text) => {
      const { name, version, weak } = parts(text);
      return { name, version, weak, isDefault: true, unique: text.startsWith('!') };
    }),
    undefined: wanted.map(parts),
  });
}

/** A library called libNAME.so, open to everybody, that says nothing of itself but what is given. */
export function library(module: string, given: Partial<LoadingFile> = {}): LoadingFile {
  return {
    module,
    label: module,
    role: 'module',
    isPresumed: false,
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

function sourceOf(path: string): ByteSource {
  const bytes = new Uint8Array(readFileSync(path));
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/** The names of the symbols that a real file has for others. */
export function exportedNames(path: string): string[] {
  const read = readSymbols(sourceOf(path));
  if (!read.ok) throw new Error(`${path} can't be read.`);
  return read.symbols.exported.map((each) => each.name);
}

/** What a real file says of itself. */
export function realFile(path: string, given: Partial<LoadingFile> = {}): LoadingFile {
  const source = sourceOf(path);
  const summary = readElf(source);
  const read = readSymbolTable(source);
  if (!summary.ok || !read.ok) throw new Error(`${path} can't be read.`);
  const { soname, needed, flags1, bindNow } = summary.elf;
  const name = basename(path);
  return {
    module: name,
    label: name,
    role: 'module',
    isPresumed: false,
    names: soname === null || soname === name ? [name] : [name, soname],
    needed,
    noDelete: flags1.noDelete,
    bindNow,
    isGlobal: true,
    symbols: read.table,
    ...given,
  };
}
