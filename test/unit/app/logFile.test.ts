import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LogFile } from '../../../main/app/logFile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotdeck-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const line = (number: number) => `line ${String(number).padStart(4, '0')}\n`;

it('keeps at most four files of the size, and the newest lines', () => {
  const file = new LogFile(folder, 100);
  for (let number = 0; number < 500; number += 1) file.append(line(number));
  const names = readdirSync(folder).sort();
  expect(names).toEqual(['hotdeck.1.log', 'hotdeck.2.log', 'hotdeck.3.log', 'hotdeck.log']);
  for (const name of names) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(100);
  expect(readFileSync(join(folder, 'hotdeck.log'), 'utf8').endsWith(line(499))).toBe(true);
  file.close();
});

it('goes on in the file of the last run', () => {
  const first = new LogFile(folder);
  first.append(line(1));
  first.close();
  const second = new LogFile(folder);
  second.append(line(2));
  expect(second.tail(10)).toEqual(['line 0001', 'line 0002']);
  second.close();
});

it('gives the last lines, out of the file before, too', () => {
  const file = new LogFile(folder, 25);
  for (let number = 0; number < 5; number += 1) file.append(line(number));
  expect(file.tail(3)).toEqual(['line 0002', 'line 0003', 'line 0004']);
  file.close();
});

it('a line is on disk as soon as it is written, for its owner alone', () => {
  const file = new LogFile(folder);
  file.append(line(1));
  const path = join(folder, 'hotdeck.log');
  expect(readFileSync(path, 'utf8')).toBe(line(1));
  expect(statSync(path).mode & 0o777).toBe(0o600);
  file.close();
});

it('a folder that can’t be made costs the log, and one line that says so', () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  writeFileSync(join(folder, 'file'), '');
  chmodSync(folder, 0o700);
  const file = new LogFile(join(folder, 'file', 'logs'));
  file.append(line(1));
  file.append(line(2));
  expect(file.tail(5)).toEqual([]);
  expect(said).toHaveBeenCalledOnce();
  said.mockRestore();
});
