import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Failure } from '#shared/contract.ts';
import { LogStore, type LogStoreOptions } from '../../../../main/engine/logs/store/logStore.ts';
import type { RunReader } from '../../../../main/engine/logs/store/runReader.ts';
import type { Result } from '../../../../main/engine/result.ts';

/** A store in this folder, closed when the test is over, and what it said went wrong. */
export function storeIn(
  data: string,
  options: Partial<LogStoreOptions> = {},
): { store: LogStore; failures: Failure[] } {
  const failures: Failure[] = [];
  const store = new LogStore({
    data,
    workspace: 'depot',
    onFailure: (failure) => failures.push(failure),
    ...options,
  });
  onTestFinished(() => store.close());
  return { store, failures };
}

/** The value of something that must not fail. */
export function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

export async function readerOf(store: LogStore, run: string): Promise<RunReader> {
  const reader = valueIn(await store.open(run));
  onTestFinished(() => reader.close());
  return reader;
}

/** All bytes of a run, as its reader gives them. */
export async function bytesOf(reader: RunReader): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let offset = reader.extent.begin.offset; ; ) {
    const blocks = valueIn(await reader.blocksFrom(offset));
    if (blocks.length === 0) return Buffer.concat(chunks);
    for (const { begin, end } of blocks) {
      chunks.push(valueIn(await reader.bytes(begin.offset, end.offset)));
      offset = end.offset;
    }
  }
}

export const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
