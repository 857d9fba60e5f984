import { LEVELS, type Level, type LogRecord } from '../records/record.ts';
import { levelsBetween } from '../store/runReader.ts';
import type { Block } from '../store/segmentReader.ts';
import type { SearchPattern } from './pattern.ts';

/** Conditions that all have to hold. */
export interface RecordFilter {
  /** Records of these levels, with `none` those that have none; empty for all. */
  levels: readonly (Level | 'none')[];
  /** A part of the target, such as a module's name; empty for all. */
  target: string;
  /** What one of its lines has to hold; null for all. */
  pattern: SearchPattern | null;
  /** From this line on, such as a mark's; null for all. */
  since: number | null;
}

/** Whether a block may hold records of these levels: its counts tell, without a look at its bytes. */
export function mayHold(levels: RecordFilter['levels'], { begin, end }: Block): boolean {
  if (levels.length === 0 || levels.includes('none')) return true;
  return levelsBetween(begin, end).some(
    (count, i) => count > 0 && levels.some((level) => level === LEVELS[i]),
  );
}

/** Whether level and target are those that are wanted. */
export function fits({ levels, target }: RecordFilter, record: LogRecord): boolean {
  if (levels.length > 0 && !levels.includes(record.level ?? 'none')) return false;
  return target === '' || (record.target?.includes(target) ?? false);
}
