import { readdir, readFile, readlink } from 'node:fs/promises';

const LISTENING = '0A';

/** The TCP port on 127.0.0.1 that a process listens on, from the kernel's tables; null while there is none. */
export async function listeningPort(pid: number): Promise<number | null> {
  const folder = `/proc/${pid}/fd`;
  const links = await Promise.all(
    (await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  );
  const sockets = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  for (const line of (await readFile(`/proc/${pid}/net/tcp`, 'utf8')).split('\n')) {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    if (state !== LISTENING || inode === undefined || !sockets.has(inode)) continue;
    return Number.parseInt(local?.split(':')[1] ?? '', 16);
  }
  return null;
}
