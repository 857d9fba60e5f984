import type { Answered, Failure, LogFilter } from '#shared/contract.ts';
import { bridge } from '../state/bridge.ts';
import { textOf } from './recordText.ts';

/** No more than this is put on the clipboard. */
const MOST_RECORDS = 20_000;
const MOST_CHARS = 8_000_000;
const PAGE = 1000;

export type Copied =
  | { readonly ok: true; readonly text: string; readonly records: number; readonly whole: boolean }
  | { readonly ok: false; readonly failure: Failure };

/** Reads the text of a run's records that fit a filter, without colors; of very many, the last ones. */
export async function readAll(run: string, filter: LogFilter): Promise<Copied> {
  const pages: string[][] = [];
  let [records, chars] = [0, 0];
  let from: number | null = null;
  do {
    const limit = Math.min(PAGE, MOST_RECORDS - records);
    const answer: Answered<'readLog'> = await bridge().query('readLog', {
      run,
      filter,
      from,
      direction: 'backward',
      limit,
    });
    if (!answer.ok) return answer;
    const texts = answer.value.records.map(textOf);
    pages.unshift(texts);
    records += texts.length;
    chars += texts.reduce((sum, text) => sum + text.length, 0);
    from = answer.value.next;
  } while (from !== null && records < MOST_RECORDS && chars < MOST_CHARS);
  const text = pages.flat().join('\n');
  return { ok: true, text: text === '' ? '' : `${text}\n`, records, whole: from === null };
}
