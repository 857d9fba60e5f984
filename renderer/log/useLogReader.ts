import { useEffect, useRef, useState } from 'react';
import type { LogFilter, LogRun } from '#shared/contract.ts';
import { bridge } from '../state/bridge.ts';
import { sameFilter } from './logFilters.ts';
import { LogReader, type ReaderState } from './logReader.ts';

/** A filter that is being typed is asked for after so many ms without a change. */
const CALM_MS = 150;

interface Options {
  readonly run: LogRun;
  readonly filter: LogFilter;
  readonly following: boolean;
  /** Where to open the log: at this line, or at its end. Asked when it is opened. */
  place(): number | null;
}

/** Reads a run for as long as the component is drawn; reopens it when another filter is wanted. */
export function useLogReader({ run, filter, following, place }: Options): {
  reader: LogReader | null;
  state: ReaderState | null;
} {
  const [reader, setReader] = useState<LogReader | null>(null);
  const [state, setState] = useState<ReaderState | null>(null);
  const latest = useRef({ filter, place, following });
  latest.current = { filter, place, following };
  const asked = useRef(filter);

  useEffect(() => {
    const { filter: first, place: where, following: follows } = latest.current;
    const made = new LogReader(
      { run: run.id, ask: (params) => bridge().query('readLog', params), onState: setState },
      first,
    );
    asked.current = first;
    made.follow(follows);
    made.open(first, where());
    setReader(made);
    return () => {
      made.close();
      setReader(null);
      setState(null);
    };
  }, [run.id]);

  useEffect(() => {
    if (reader === null || sameFilter(filter, asked.current)) return;
    const timer = setTimeout(() => {
      asked.current = filter;
      reader.open(filter, latest.current.place());
    }, CALM_MS);
    return () => clearTimeout(timer);
  }, [reader, filter]);

  useEffect(() => reader?.follow(following), [reader, following]);

  useEffect(() => growWhileSeen(reader, run.endLine), [reader, run.endLine]);

  return { reader, state };
}

/** A window that nobody sees reads nothing; it catches up when it is seen. */
function growWhileSeen(reader: LogReader | null, endLine: number): (() => void) | undefined {
  if (reader === null) return undefined;
  if (!document.hidden) {
    reader.grow(endLine);
    return undefined;
  }
  const seen = () => reader.grow(endLine);
  document.addEventListener('visibilitychange', seen, { once: true });
  return () => document.removeEventListener('visibilitychange', seen);
}
