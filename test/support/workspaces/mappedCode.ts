/** The code of files and of what a process has mapped, read without any help of the app: what is new is told by it. */
import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';

/** Something mapped into a process from its first byte on. */
export interface MappedCode {
  /** As the kernel writes it, with its mark where the file is deleted. */
  path: string;
  inode: string;
  /** As `codeOfFile` gives it. */
  code: string;
}

const HEADERS = 4096;
const LOAD = 1;
const WRITABLE = 2;

interface Segment {
  offset: number;
  address: number;
  size: number;
}

/** What of an ELF file (64 bits, little-endian) is mapped and never written: there memory and file are the same bytes. */
function constantSegments(headers: Buffer): Segment[] | null {
  if (headers.length < 64 || headers.toString('latin1', 0, 4) !== '\x7fELF') return null;
  const first = Number(headers.readBigUInt64LE(32));
  const size = headers.readUInt16LE(54);
  const all = Array.from({ length: headers.readUInt16LE(56) }, (_, index) => first + index * size);
  return all.flatMap((at) => {
    if (at + size > headers.length || headers.readUInt32LE(at) !== LOAD) return [];
    if ((headers.readUInt32LE(at + 4) & WRITABLE) !== 0) return [];
    const [offset, address, bytes] = [8, 16, 32].map((field) => Number(headers.readBigUInt64LE(at + field)));
    return offset === undefined || address === undefined || bytes === undefined
      ? []
      : [{ offset, address, size: bytes }];
  });
}

/** A hash of the code in a file; null where there is no such file, or none that can be mapped as a library. */
export async function codeOfFile(file: string): Promise<string | null> {
  const bytes = await readFile(file).catch(() => null);
  const segments = bytes === null ? null : constantSegments(bytes.subarray(0, HEADERS));
  if (bytes === null || segments === null) return null;
  const hash = createHash('sha256');
  for (const { offset, size } of segments) hash.update(bytes.subarray(offset, offset + size));
  return hash.digest('hex');
}

const LINE = /^([0-9a-f]+)-[0-9a-f]+ \S+ 0+ (\S+) (\d+) +(\/.*)$/;
/** What is no business of a workspace. */
const SYSTEM = /^\/(?:usr|lib|lib64|dev(?!\/shm))\/|\/\.rustup\/|\/rustlib\//;

/** All that a process has mapped which could be of its workspace, with the code that is in memory; null: it is gone. */
export async function codeInMemory(pid: number): Promise<MappedCode[] | null> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8').catch(() => '');
  const memory = maps === '' ? null : await open(`/proc/${pid}/mem`).catch(() => null);
  if (memory === null) return null;
  try {
    const found: MappedCode[] = [];
    for (const line of maps.split('\n')) {
      const [, address, , inode, path] = LINE.exec(line) ?? [];
      if (address === undefined || inode === undefined || path === undefined || SYSTEM.test(path)) continue;
      const code = await codeAt(memory, Number.parseInt(address, 16)).catch(() => null);
      if (code !== null) found.push({ path, inode, code });
    }
    return found;
  } finally {
    await memory.close();
  }
}

async function codeAt(memory: FileHandle, base: number): Promise<string | null> {
  const read = async (from: number, length: number): Promise<Buffer> => {
    const { buffer } = await memory.read({ buffer: Buffer.alloc(length), position: from });
    return buffer;
  };
  const segments = constantSegments(await read(base, HEADERS));
  if (segments === null) return null;
  const hash = createHash('sha256');
  for (const { address, size } of segments) hash.update(await read(base + address, size));
  return hash.digest('hex');
}
