import { describe, expect, it } from 'vitest';
import { argumentLines, shellLine } from '#shared/shellQuote.ts';
import {
  applyWords,
  firstWay,
  proofWords,
  wayMeasure,
  wayTitle,
  wayWords,
  whyNotApplicable,
} from '../../../../../renderer/setup/changes/wayTexts.ts';
import { aDiff, aReport, aWay } from '../report.ts';

const files = [aDiff('a/Cargo.toml'), aDiff('b/Cargo.toml')];
const edits = aWay({ id: 'edits', arguments: [], files, lines: 68 });
const both = aWay({ files, lines: 2 });
const refusal = {
  file: 'Cargo.toml',
  failure: { kind: 'read-only', message: 'It is read-only.', remedy: null },
};

describe('a way to set up', () => {
  const applied = { way: 'flags' as const, at: 0, files: ['a/Cargo.toml'], lines: 1, conflicts: [] };

  it('never says that it touches no file where it does, or did', () => {
    expect(wayTitle(aWay(), null)).toBe('Without touching files');
    expect(wayTitle(both, null)).toBe('Almost without touching files');
    expect(wayTitle(aWay(), applied)).toBe('Almost without touching files');
    expect(wayTitle(edits, null)).toBe('In the files');
    expect(wayWords(aWay(), null)).toContain('no file of the workspace changes');
    expect(wayWords(both, null)).toContain('2 files change by 2 lines');
    expect(wayWords(aWay({ done: true }), applied)).not.toContain('no file');
    expect(wayWords(aWay({ done: true }), { ...applied, way: 'edits' })).toContain('in place in the files');
  });

  it('says on its button exactly what it will do', () => {
    expect(applyWords(edits)).toBe('Apply: 2 files, 68 lines');
    expect(applyWords(both)).toBe('Apply: 2 files, 2 lines, and cargo arguments');
    expect(applyWords(aWay())).toBe('Apply: cargo arguments, no file');
    expect(wayMeasure(both)).toBe('2 files, 2 lines, cargo arguments');
  });

  it('can be applied where there is something to do', () => {
    expect([edits, both, aWay()].map(whyNotApplicable)).toEqual([null, null, null]);
    expect(whyNotApplicable(aWay({ done: true }))).toContain('Nothing left');
    expect(whyNotApplicable(aWay({ arguments: [] }))).toContain('nothing to do');
    expect(whyNotApplicable({ ...edits, refusals: [refusal] })).toContain('1 file can’t be edited');
  });

  it('says what cargo says, and why it says nothing', () => {
    const proof = { holds: true, text: 'all 7 units.' };
    const words = (way: Parameters<typeof aWay>[0], proving = false) => proofWords(aWay(way), proving);
    expect(words({ proof })).toEqual({ begin: 'Confirmed by cargo', text: 'all 7 units.' });
    expect(words({ proof: { ...proof, holds: false } }).begin).toContain('Not');
    expect(words({ proof }, true).begin).toBe('Confirmed by cargo');
    expect(words({}, true).begin).toBe('Asking cargo');
    expect(words({}).text).toContain('could not be run');
    expect(words({ refusals: [refusal] }, true).text).toContain('only when all changes can be applied');
  });

  it('is shown first where it is the one that was applied, else the better one that can be done', () => {
    expect(firstWay(aReport())).toBe('flags');
    expect(firstWay(aReport({ applied: { ...applied, way: 'edits' } }))).toBe('edits');
    expect(firstWay(aReport({ ways: [aWay({ arguments: [] }), edits] }))).toBe('edits');
    expect(firstWay(aReport({ ways: [] }))).toBeNull();
  });
});

describe('the arguments that cargo gets', () => {
  const words = ['-Zprofile-rustflags', '--config', `build.rustflags=["-C it's"]`, '--features', 'mods'];

  it('are copied as a shell reads them', () => {
    expect(shellLine(words)).toBe(
      `-Zprofile-rustflags --config 'build.rustflags=["-C it'\\''s"]' --features mods`,
    );
  });

  it('stand line by line, an option with its value', () => {
    expect(argumentLines(words).map((line) => line.split(' ')[0])).toEqual([
      '-Zprofile-rustflags',
      '--config',
      '--features',
    ]);
    expect(argumentLines(['--locked', '--offline'])).toEqual(['--locked', '--offline']);
  });
});
