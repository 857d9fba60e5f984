import { isAbsolute, normalize } from 'node:path';
import { causeOf } from '../../building/why/cause.ts';
import type { Dirty } from '../../building/why/dirty.ts';

const cause = (...given: Parameters<typeof causeOf>): Dirty => ({ kind: 'cause', cause: causeOf(...given) });

const SAID: readonly (readonly [RegExp, (name: string) => Dirty])[] = [
  [/^the dependency `([^`]+)` was rebuilt/, (name) => ({ kind: 'dependency', name })],
  [/^info of dependency `([^`]+)` changed/, (name) => ({ kind: 'dependency', name })],
  [/^the env(?:ironment)? variable `?([^`\s]+)`? changed/, (name) => cause('environment', { detail: name })],
  [/^the environment variables changed/, () => cause('environment')],
  [/^the rustflags changed/, () => cause('flags')],
  [/^the list of (?:declared )?features changed/, () => cause('features')],
  [/^the toolchain changed/, () => cause('toolchain')],
  [/^the profile configuration changed/, () => cause('profile')],
  [/^the (?:target configuration|config settings|rustc compile kind) changed/, () => cause('configuration')],
  [/^(?:the )?rerun-if-changed .*changed|^the precalculated components changed/, () => cause('build-script')],
  [/^(?:number of dependencies|name of dependency) changed/, () => cause('dependencies')],
];

const OUTPUT = /^couldn't read metadata for file `([^`]+)`/;
const FILE = /^the file `([^`]+)` (has changed|is missing)(?: \((\d+(?:\.\d+)?)s)?/;

/** Reads what cargo says behind `Dirty PACKAGE:`; a file is as it names it, its time is that of its last change. Pure. */
export function readDirty(words: string): Dirty {
  const [, file, what, seconds] = FILE.exec(words) ?? [];
  if (file !== undefined) {
    return cause('file', {
      file: isAbsolute(file) ? file : normalize(file),
      at: seconds === undefined ? null : Math.floor(Number(seconds) * 1000),
      detail: what === 'is missing' ? 'is missing' : null,
    });
  }
  const [, output] = OUTPUT.exec(words) ?? [];
  if (output !== undefined)
    return { kind: 'output', cause: causeOf('file', { file: output, detail: 'is missing' }) };
  for (const [pattern, dirty] of SAID) {
    const found = pattern.exec(words);
    if (found !== null) return dirty(found[1] ?? '');
  }
  return cause('unknown', { detail: words });
}
