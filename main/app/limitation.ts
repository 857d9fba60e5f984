/** What the running machine is, as far as hot reload minds. */
export interface Machine {
  readonly platform: string;
  /** The version of glibc that this process runs on; null where there is none. */
  readonly glibc: string | null;
}

const rest = 'Builds, logs, the graph and the plan work as usual.';

/**
 * Why hot reload can't work on this machine, as a sentence for the user; null where it can.
 * It needs a loader that unmaps a library on dlclose, and a kernel that shows what is mapped.
 */
export function limitation({ platform, glibc }: Machine): string | null {
  if (platform === 'linux') {
    return glibc === null
      ? `Hot reload requires glibc: musl never unloads a library, so the server would keep running its old code. ${rest}`
      : null;
  }
  if (platform === 'darwin') {
    return `Hot reload is not supported on macOS: its loader can keep a closed library in memory. ${rest}`;
  }
  if (platform === 'win32') {
    return `Hot reload is not supported on Windows: a library that is in use can’t be replaced on disk. ${rest}`;
  }
  return `Hot reload is supported on Linux with glibc only. ${rest}`;
}
