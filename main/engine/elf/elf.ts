import { type Dynamic, readDynamic, stringTable } from './dynamic.ts';
import { type Flags1, flags1Of, flagsOf, type ThreadLocal } from './elfFlags.ts';
import { type Header, PT_TLS, readHeader } from './header.ts';
import { readBuildId } from './notes.ts';
import { type ByteSource, done, type ElfFailure, type Step } from './source.ts';
import { readStrings } from './strings.ts';

/** What a linked file says about itself. */
export interface ElfSummary {
  kind: 'executable' | 'shared object';
  /** e_machine: 62 is x86-64, 183 is AArch64. */
  machine: number;
  /** Its own name (DT_SONAME); null where it has none. */
  soname: string | null;
  /** File names of the libraries it is linked to (DT_NEEDED), in their order. */
  needed: string[];
  /** Folders that its libraries are looked for in (DT_RPATH, DT_RUNPATH), with a colon between two. */
  rpath: string | null;
  runpath: string | null;
  flags1: Flags1;
  /** All of its symbols are looked up when it is loaded, by whichever of the three tags says so. */
  bindNow: boolean;
  threadLocal: ThreadLocal;
  /** Hexadecimal; null where it has none. */
  buildId: string | null;
}

const DT_NEEDED = 1;
const DT_SONAME = 14;
const DT_RPATH = 15;
const DT_BIND_NOW = 24;
const DT_RUNPATH = 29;
const DT_FLAGS = 30;
const DT_FLAGS_1 = 0x6ffffffb;

/**
 * Reads what a 64-bit little-endian ELF program or shared library says of itself. It asks for headers, the dynamic
 * section and the names in it only, and trusts no size that it finds: bytes of any kind end in a summary or a
 * failure, soon. It throws only what `source.read` throws.
 */
export function readElf(
  source: ByteSource,
): { ok: true; elf: ElfSummary } | { ok: false; failure: ElfFailure } {
  const result = summarize(source);
  return result.ok ? { ok: true, elf: result.value } : result;
}

function summarize(source: ByteSource): Step<ElfSummary> {
  const header = readHeader(source);
  if (!header.ok) return header;
  const dynamic = readDynamic(source, header.value);
  if (!dynamic.ok) return dynamic;
  const entry = (tag: number): number | undefined => dynamic.value.get(tag)?.[0];
  const needed = dynamic.value.get(DT_NEEDED) ?? [];
  const single = [DT_SONAME, DT_RPATH, DT_RUNPATH].flatMap((tag) => entry(tag) ?? []);
  const names = readNames(source, header.value, dynamic.value, [...single, ...needed]);
  if (!names.ok) return names;
  const nameOf = (tag: number): string | null => names.value.get(entry(tag) ?? -1) ?? null;
  const flags = flagsOf(entry(DT_FLAGS) ?? 0);
  const flags1 = flags1Of(entry(DT_FLAGS_1) ?? 0);
  return done({
    kind: header.value.kind,
    machine: header.value.machine,
    soname: nameOf(DT_SONAME),
    needed: needed.flatMap((place) => names.value.get(place) ?? []),
    rpath: nameOf(DT_RPATH),
    runpath: nameOf(DT_RUNPATH),
    flags1,
    bindNow: flags.now || flags1.now || entry(DT_BIND_NOW) !== undefined,
    threadLocal: {
      segment: header.value.segments.some((segment) => segment.type === PT_TLS),
      fixed: flags.staticTls,
    },
    buildId: readBuildId(source, header.value),
  });
}

function readNames(
  source: ByteSource,
  header: Header,
  dynamic: Dynamic,
  places: readonly number[],
): Step<ReadonlyMap<number, string>> {
  if (places.length === 0) return done(new Map());
  const table = stringTable(header, dynamic);
  return table.ok ? readStrings(source, table.value, places) : table;
}
