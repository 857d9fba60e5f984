/** The sockets on which processes listen: proc_pid_fd(5), proc_pid_net(5). */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ListeningSocket {
  inode: string;
  /** `127.0.0.1:8008`, `[::]:8008`, or the path of a Unix socket. */
  address: string;
}

const LISTEN = '0A';
/** SO_ACCEPTCON, among the flags of a Unix socket. */
const ACCEPTS = 0x10000;

/** Those of a table such as /proc/net/tcp or tcp6 that listen. Pure. */
export function listeningIn(table: string): ListeningSocket[] {
  return table.split('\n').flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    if (local === undefined || state !== LISTEN || inode === undefined || inode === '0') return [];
    const [host = '', port = '0'] = local.split(':');
    return [{ inode, address: `${hostOf(host)}:${Number.parseInt(port, 16)}` }];
  });
}

/** Those of /proc/net/unix that listen. Pure. */
export function listeningUnixIn(table: string): ListeningSocket[] {
  return table.split('\n').flatMap((line) => {
    const [, , , flags, , , inode, path] = line.trim().split(/\s+/);
    if (flags === undefined || inode === undefined || (Number.parseInt(flags, 16) & ACCEPTS) === 0) return [];
    return [{ inode, address: path ?? 'a Unix socket without a name' }];
  });
}

/** The kernel writes each word of an address in its own byte order, which is little-endian here. */
function hostOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number(`0x${byte}`)),
  );
  if (bytes.length === 4) return bytes.join('.');
  const isV4 = bytes.slice(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 255));
  if (isV4) return bytes.slice(12).join('.');
  const groups = Array.from({ length: 8 }, (_, i) =>
    ((bytes[2 * i] ?? 0) * 256 + (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return `[${shortest(groups)}]`;
}

/** The longest run of zeros is left out (RFC 5952). */
function shortest(groups: readonly string[]): string {
  const runs = [...groups.join(':').matchAll(/\b0(?::0)+\b/g)].map(([run]) => run);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  const text = groups.join(':');
  if (longest === '') return text;
  const at = text.search(new RegExp(`\\b${longest}\\b`));
  return `${text.slice(0, at).replace(/:$/, '')}::${text.slice(at + longest.length).replace(/^:/, '')}`;
}

/** The sockets on which one of these processes listens now, those of the network first; none where that can't be seen. */
export function listeningSockets(pids: readonly number[]): ListeningSocket[] {
  for (const pid of pids) {
    const own = socketsOf(pid);
    if (own.size === 0) continue;
    const net = `/proc/${pid}/net`;
    const all = [
      ...listeningIn(textOf(`${net}/tcp`)),
      ...listeningIn(textOf(`${net}/tcp6`)),
      ...listeningUnixIn(textOf(`${net}/unix`)),
    ];
    const found = all.filter(({ inode }) => own.has(inode));
    if (found.length > 0) return found;
  }
  return [];
}

function socketsOf(pid: number): ReadonlySet<string> {
  const folder = `/proc/${pid}/fd`;
  const sockets = new Set<string>();
  try {
    for (const name of readdirSync(folder)) {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`${folder}/${name}`))?.[1];
      if (inode !== undefined) sockets.add(inode);
    }
  } catch {
    // Gone, another user's, or no /proc: nothing is seen.
  }
  return sockets;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
