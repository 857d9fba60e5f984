import { describe, expect, it } from 'vitest';
import { Checkpoints } from '../../../../main/engine/logs/store/checkpoints.ts';
import {
  decodeEntry,
  decodeHeader,
  encodeBlock,
  encodeHeader,
  encodeMark,
  type Mark,
} from '../../../../main/engine/logs/store/format.ts';
import { isAlive, ourselves } from '../../../../main/engine/logs/store/owner.ts';
import {
  isWorkspaceId,
  parseRunId,
  parseSegmentFile,
  runId,
  segmentFile,
} from '../../../../main/engine/logs/store/runNames.ts';

const FAR = 2 ** 47;
const begin = {
  offset: FAR,
  line: 7,
  time: Date.UTC(2025, 3, 8),
  levels: [1, 2, 3, FAR, 5],
  continues: true,
};
const mark: Mark = { kind: 'reload-ended', number: 17, label: 'timed out', time: 5, offset: 6, line: 7 };

describe('on disk', () => {
  it('a header, a block and a mark come back as they were', () => {
    const header = { segment: 3, owner: { pid: 4711, started: FAR, boot: 0xffffffff }, begin };
    expect(encodeHeader(header)).toHaveLength(128);
    expect(decodeHeader(encodeHeader(header))).toEqual(header);
    expect(encodeBlock(begin)).toHaveLength(64);
    expect(decodeEntry(encodeBlock(begin))).toEqual({ kind: 'block', checkpoint: begin });
    expect(decodeEntry(encodeMark(mark))).toEqual({ kind: 'mark', mark });
  });

  it('a label is cut between two characters', () => {
    const decoded = decodeEntry(encodeMark({ ...mark, label: '€'.repeat(20) }));
    expect(decoded).toMatchObject({ mark: { label: '€'.repeat(11) } });
  });

  it('whatever is torn or flipped is known for that', () => {
    const [header, block] = [encodeHeader({ segment: 0, owner: ourselves(), begin }), encodeBlock(begin)];
    for (let at = 0; at < header.length; at += 1) {
      const broken = Buffer.from(header);
      broken[at] = (broken[at] ?? 0) ^ 1;
      expect(decodeHeader(broken)).toBeNull();
      expect(decodeHeader(header.subarray(0, at))).toBeNull();
    }
    for (let at = 0; at < block.length; at += 1) {
      const broken = Buffer.from(block);
      broken[at] = (broken[at] ?? 0) ^ 0x80;
      expect(decodeEntry(broken)).toBeNull();
      expect(decodeEntry(block.subarray(0, at))).toBeNull();
    }
    expect(decodeEntry(Buffer.alloc(64))).toBeNull();
  });

  it('files have names that tell what they are', () => {
    const started = Date.UTC(2025, 3, 8, 12, 0, 0, 123);
    const run = runId('server', started);
    expect(run).toBe('server-20250408T120000123Z');
    expect(parseRunId(run)).toEqual({ stream: 'server', started });
    expect(segmentFile({ run, segment: 12, kind: 'idx' })).toBe('server-20250408T120000123Z-12.idx');
    expect(parseSegmentFile(`${run}-12.log`)).toEqual({ run, segment: 12, kind: 'log' });
    for (const name of [
      'x',
      `${run}.log`,
      `${run}-1.log.tmp`,
      `other-20250408T120000123Z-1.log`,
      `../${run}-1.log`,
    ]) {
      expect(parseSegmentFile(name), name).toBeNull();
    }
    for (const id of ['..', '.', '', 'a/b', '-x', 'a'.repeat(129)]) expect(isWorkspaceId(id), id).toBe(false);
    expect(isWorkspaceId('depot-1a2b.c_d')).toBe(true);
  });
});

describe('the blocks of a segment', () => {
  it('are found by offset and by line', () => {
    const blocks = new Checkpoints();
    for (let i = 0; i < 1000; i += 1) blocks.add({ ...begin, offset: i * 100, line: i * 3 });
    expect(blocks.length).toBe(1000);
    expect(blocks.at(999)).toMatchObject({ offset: 99_900, line: 2997, continues: true });
    expect(blocks.at(1000)).toBeNull();
    for (const offset of [0, 1, 99, 100, 50_050, 99_900, 1e9]) {
      expect(blocks.indexOf('offset', offset)).toBe(Math.min(999, Math.floor(offset / 100)));
      expect(blocks.indexOf('line', offset)).toBe(Math.min(999, Math.floor(offset / 3)));
    }
    expect(blocks.indexOf('offset', -5)).toBe(0);
    blocks.truncate(10);
    expect(blocks.at(10)).toBeNull();
  });
});

describe('the writer of a run', () => {
  it('is alive while it is the same process', () => {
    const owner = ourselves();
    expect(isAlive(owner)).toBe(true);
    expect(isAlive({ ...owner, pid: 2 ** 22 - 1 })).toBe(false);
    if (owner.started !== 0) expect(isAlive({ ...owner, started: owner.started + 1 })).toBe(false);
    if (owner.boot !== 0) expect(isAlive({ ...owner, boot: owner.boot ^ 1 })).toBe(false);
  });
});
