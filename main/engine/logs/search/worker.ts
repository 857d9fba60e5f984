/** The entry of a search's worker thread: one search at a time. */
import { parentPort } from 'node:worker_threads';
import type { Failure } from '../../../../preload/contract.ts';
import { RunReader } from '../store/runReader.ts';
import { type FromWorker, type SearchMessage, ToWorkerSchema } from './messages.ts';
import { compilePattern } from './pattern.ts';
import type { Hit } from './scanChunk.ts';
import { scanRun } from './scanRun.ts';

/** Hits are told together, and that it goes on now and then. */
const TELL_MS = 50;
const TELL_HITS = 500;

const say = (message: FromWorker): void => parentPort?.postMessage(message);
let stopped = false;

async function search({ folder, run, pattern, from, most }: SearchMessage): Promise<void> {
  const fail = (failure: Failure): void => say({ type: 'failed', failure });
  const matcher = compilePattern(pattern);
  if (!matcher.ok) return fail(matcher.failure);
  const opened = await RunReader.open(folder, run);
  if (!opened.ok) return fail(opened.failure);
  const reader = opened.value;
  say({ type: 'progress', offset: from });
  let hits: Hit[] = [];
  let told = performance.now();
  const tell = (): void => {
    if (hits.length > 0) say({ type: 'hits', hits });
    hits = [];
  };
  const scanned = await scanRun(reader, matcher.value, {
    from,
    most,
    onHits: (more) => {
      hits.push(...more);
      if (hits.length >= TELL_HITS) tell();
    },
    onProgress: (offset) => {
      if (performance.now() - told < TELL_MS) return;
      told = performance.now();
      tell();
      say({ type: 'progress', offset });
    },
    isStopped: () => stopped,
  });
  await reader.close();
  tell();
  if (scanned.ok) say({ type: 'end', scanned: scanned.value });
  else fail(scanned.failure);
}

parentPort?.on('message', (data) => {
  const message = ToWorkerSchema.parse(data);
  stopped = message.type === 'stop';
  if (message.type === 'search') void search(message);
});
