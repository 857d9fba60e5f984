import type { Writable } from 'node:stream';

/**
 * Writes pieces as fast as they are taken, and no further ahead. Who reads along may have seen enough (`| head`): then the rest
 * is not made. Errors of `out` are left to who listens there; the pieces' own are thrown.
 */
export async function printPieces(out: Writable, pieces: AsyncIterable<string>): Promise<void> {
  for await (const piece of pieces) {
    if (!out.write(piece)) await flowing(out);
    if (out.errored !== null || out.destroyed) return;
  }
}

/** Resolves when it takes more, or never will. */
function flowing(out: Writable): Promise<void> {
  const signs = ['drain', 'error', 'close'] as const;
  return new Promise((resolve) => {
    const done = (): void => {
      for (const sign of signs) out.off(sign, done);
      resolve();
    };
    for (const sign of signs) out.on(sign, done);
    if (out.destroyed || !out.writableNeedDrain) done();
  });
}
