/** What logs cost: on their way to the terminal and to the disk, and when they are looked into. */
import { fuzzRecords } from '../unit/logs/records/fuzz.ts';
import { benchStoredLogs } from './storedLogs.ts';
import { benchTerminalLogs } from './terminalLogs.ts';

/** Prints the figures. */
export async function benchLogs(): Promise<void> {
  await benchTerminalLogs();
  await benchStoredLogs();
}

/** A million broken lines through the parser of records; throws where one gets lost or comes out as what no record is. */
export async function fuzzLogs(): Promise<void> {
  const { lines, records, levelled, ms } = fuzzRecords();
  console.log(
    `\n${lines} broken lines: ${records} records, ${levelled} with a level, in ${(ms / 1000).toFixed(1)} s`,
  );
}
