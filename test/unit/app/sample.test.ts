import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { provideSample } from '../../../main/app/sample.ts';

let folder: string;
let source: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hotdeck-sample-'));
  source = join(folder, 'source');
  target = join(folder, 'user', 'sample', 'depot');
  mkdirSync(join(source, 'modules', 'api'), { recursive: true });
  mkdirSync(join(source, 'target', 'debug'), { recursive: true });
  writeFileSync(join(source, 'Cargo.toml'), '[workspace]');
  writeFileSync(join(source, 'modules', 'api', 'lib.rs'), 'pub fn api() {}');
  writeFileSync(join(source, 'target', 'debug', 'big'), 'artifact');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the sample', () => {
  it('is copied without what a build left behind', async () => {
    expect(await provideSample(source, target)).toEqual({ ok: true, root: target });
    expect(readFileSync(join(target, 'modules', 'api', 'lib.rs'), 'utf8')).toBe('pub fn api() {}');
    expect(existsSync(join(target, 'target'))).toBe(false);
  });

  it('can be edited though its source can’t, and its scripts can be run', async () => {
    writeFileSync(join(source, 'run.sh'), '#!/bin/sh');
    chmodSync(join(source, 'run.sh'), 0o555);
    await provideSample(source, target);
    expect(statSync(join(target, 'run.sh')).mode & 0o777).toBe(0o755);
  });

  it('is left as the user has made it', async () => {
    await provideSample(source, target);
    writeFileSync(join(target, 'Cargo.toml'), '[workspace] # mine');
    rmSync(join(target, 'modules', 'api', 'lib.rs'));
    expect(await provideSample(source, target)).toEqual({ ok: true, root: target });
    expect(readFileSync(join(target, 'Cargo.toml'), 'utf8')).toBe('[workspace] # mine');
    expect(existsSync(join(target, 'modules', 'api', 'lib.rs'))).toBe(false);
  });

  it('that is no workspace any more is put aside, not overwritten', async () => {
    for (const note of ['first', 'second']) {
      await provideSample(source, target);
      rmSync(join(target, 'Cargo.toml'));
      writeFileSync(join(target, 'note.txt'), note);
    }
    await provideSample(source, target);
    expect(existsSync(join(target, 'note.txt'))).toBe(false);
    expect(readFileSync(join(`${target}.old-1`, 'note.txt'), 'utf8')).toBe('first');
    expect(readFileSync(join(`${target}.old-2`, 'note.txt'), 'utf8')).toBe('second');
  });

  it('is copied again after a copy that was cut short', async () => {
    mkdirSync(join(`${target}.partial`, 'modules'), { recursive: true });
    writeFileSync(join(`${target}.partial`, 'Cargo.toml'), '[wor');
    expect(await provideSample(source, target)).toEqual({ ok: true, root: target });
    expect(readFileSync(join(target, 'Cargo.toml'), 'utf8')).toBe('[workspace]');
    expect(existsSync(`${target}.partial`)).toBe(false);
  });

  it('that can’t be copied is a failure with a remedy', async () => {
    const result = await provideSample(join(folder, 'missing'), target);
    expect(result).toMatchObject({
      ok: false,
      failure: { kind: 'sample-failed', remedy: expect.any(String) },
    });
    expect(existsSync(target)).toBe(false);
  });
});
