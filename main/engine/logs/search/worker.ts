/** The entry of the worker thread that looks into logs: one question at a time. */
import { parentPort } from 'node:worker_threads';
import { type Result, success } from '../../result.ts';
import { RunReader } from '../store/runReader.ts';
import type { Hit } from './found.ts';
import { HitWindow } from './hitWindow.ts';
import { type FromWorker, type QueryMessage, type SearchMessage, ToWorkerSchema } from './messages.ts';
import { compilePattern, type Matcher } from './pattern.ts';
import { type QueryAnswer, queryRun } from './queryRun.ts';
import { type Scanned, scanRun } from './scanRun.ts';

/** Hits are told together, and that it goes on now and then. */
const TELL_MS = 50;
const TELL_HITS = 500;
/** A query gives what it found so far after this time. */
const QUERY_MS = 250;

const say = (message: FromWorker): void => parentPort?.postMessage(message);
let stopped = false;

type Answered = Result<Scanned & { first: number }>;

async function search(reader: RunReader, message: SearchMessage): Promise<Answered> {
  const matcher = compilePattern(message.pattern);
  if (!matcher.ok) return matcher;
  if (message.near !== null) return searchNear(reader, matcher.value, message.near, message);
  const { from, most } = message;
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
  tell();
  return scanned.ok ? success({ ...scanned.value, first: 0 }) : scanned;
}

async function searchNear(
  reader: RunReader,
  matcher: Matcher,
  line: number,
  { from, most }: SearchMessage,
): Promise<Answered> {
  const near = new HitWindow(line, most);
  const scanned = await scanRun(reader, matcher, {
    from,
    most: Number.POSITIVE_INFINITY,
    onHits: (hits) => near.add(hits),
    onProgress: (offset) => say({ type: 'progress', offset }),
    isStopped: () => stopped || near.isFull,
  });
  if (!scanned.ok) return scanned;
  const { first, hits } = near.hits();
  say({ type: 'hits', hits });
  return success({ ...scanned.value, first, stopped });
}

const query = (reader: RunReader, message: QueryMessage): Promise<Result<QueryAnswer>> =>
  queryRun(reader, message, { ms: QUERY_MS, isStopped: () => stopped });

async function answer(message: SearchMessage | QueryMessage): Promise<FromWorker> {
  const opened = await RunReader.open(message.folder, message.run, true);
  if (!opened.ok) return { type: 'failed', failure: opened.failure };
  const reader = opened.value;
  say({ type: 'progress', offset: reader.extent.begin.offset });
  try {
    if (message.type === 'search') {
      const scanned = await search(reader, message);
      return scanned.ok ? { type: 'scanned', scanned: scanned.value } : { type: 'failed', ...scanned };
    }
    const found = await query(reader, message);
    return found.ok ? { type: 'answer', answer: found.value } : { type: 'failed', ...found };
  } finally {
    await reader.close();
  }
}

parentPort?.on('message', (data) => {
  const message = ToWorkerSchema.parse(data);
  stopped = message.type === 'stop';
  if (message.type !== 'stop') void answer(message).then(say);
});
