import { open, rename, rm } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { stripAnsi } from '#shared/ansi.ts';
import { failed, messageOf, type Result, success } from '../result.ts';
import type { RunReader } from './store/runReader.ts';

/** `raw`: byte for byte; `text`: without escape sequences, a line feed behind each line. */
export type ExportForm = 'raw' | 'text';

/** Copies what there is of a run into a file: whole, or not at all. */
export async function exportRun(reader: RunReader, form: ExportForm, path: string): Promise<Result<null>> {
  const part = `${path}.part`;
  try {
    const file = await open(part, 'w', 0o600);
    try {
      const decoder = new StringDecoder('utf8');
      let block = await reader.blockAt('offset', reader.extent.begin.offset);
      for (;;) {
        if (!block.ok) return block;
        if (block.value === null) break;
        const bytes = await reader.bytes(block.value.begin.offset, block.value.end.offset);
        if (!bytes.ok) return bytes;
        await file.writeFile(form === 'raw' ? bytes.value : plain(decoder.write(bytes.value)));
        block = await reader.next(block.value);
      }
    } finally {
      await file.close();
    }
    await rename(part, path);
    return success(null);
  } catch (error) {
    return failed('export', `The log was not saved: ${messageOf(error)}.`, 'Choose another place.');
  } finally {
    await rm(part, { force: true });
  }
}

/** Blocks end with a line, but for those of lines that are very long. */
const plain = (text: string): string => stripAnsi(text).replaceAll('\r\n', '\n');
