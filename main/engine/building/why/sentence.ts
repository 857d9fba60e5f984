import type { Why } from '#shared/contract.ts';
import { listSome } from '#shared/list.ts';
import { clock } from '#shared/time.ts';
import type { Found } from './cause.ts';

interface Words {
  /** What a package is called on screen. */
  label(name: string): string;
  /** ms since the epoch: what was not today has its date. */
  now: number;
}

/** A cause as it is told about a module. */
export const whyOf = (module: string, found: Found, words: Words): Why => ({
  module,
  kind: found.kind,
  chain: [...found.chain],
  file: found.file,
  at: found.at,
  more: found.others.length,
  detail: found.detail,
  text: phraseOf(found, words),
});

/** Why a module is another one: a phrase that can follow its label. Every such phrase is made here. Pure. */
export function phraseOf(found: Found, words: Words): string {
  const { kind, chain } = found;
  const [first = '', ...rest] = chain;
  const way = rest.slice(0, -1).map(words.label);
  const by = way.length === 0 ? '' : `, by way of ${listSome(way, 3)}`;
  const label = words.label(first);
  const where = placeOf(found, words);
  if (kind === 'elsewhere' && found.file === null) return `replaced outside Hotdeck${where}`;
  if (kind === 'elsewhere') return `replaced outside Hotdeck, after ${label} changed${where}${by}`;
  if (kind === 'edited')
    return rest.length === 0 ? `edited${where}` : `rebuilt because ${label} changed${where}${by}`;
  if (kind === 'first')
    return rest.length === 0 ? 'built because it had no file' : `rebuilt because ${label} had no file${by}`;
  if (kind === 'unknown' && found.detail === null)
    return rest.length === 0 ? 'rebuilt; cargo does not say why' : `rebuilt because ${label} was${by}`;
  const what = clauseOf(found, words);
  return rest.length === 0 ? `rebuilt because ${what}` : `rebuilt because ${label} was: ${what}${by}`;
}

/** What happened, as a clause of its own. */
function clauseOf(found: Found, words: Words): string {
  const { kind, detail, file } = found;
  const more = detail === null ? '' : ` (${detail})`;
  const where = placeOf(found, words);
  switch (kind) {
    case 'file':
      return `${file ?? 'a file'} ${detail ?? 'changed'}${placeOf({ ...found, file: null }, words)}`;
    case 'environment':
      return detail === null ? 'environment variables changed' : `the environment variable ${detail} changed`;
    case 'flags':
      return `the flags for rustc changed${file === null ? more : where}`;
    case 'features':
      return `its features changed${more}`;
    case 'profile':
      return `the build profile changed${more}`;
    case 'toolchain':
      return `the toolchain changed${file === null ? more : where}`;
    case 'lock-file':
      return `Cargo.lock changed${placeOf({ ...found, file: null }, words)}`;
    case 'configuration':
      return file === null
        ? `how cargo is called changed${more}`
        : `${file} changed${placeOf({ ...found, file: null }, words)}`;
    case 'build-script':
      return `its build script had to run again${more}`;
    case 'dependencies':
      return `its dependencies changed${more}`;
    default:
      return detail === null ? 'something changed' : `cargo says: ${detail}`;
  }
}

/** ` (src/lib.rs, 14:03:11, and 2 more)`: what is known of it. */
function placeOf({ file, at, others }: Pick<Found, 'file' | 'at' | 'others'>, { now }: Words): string {
  const parts = [
    ...(file === null ? [] : [file]),
    ...(at === null ? [] : [clock(at, now)]),
    ...(others.length === 0 ? [] : [`and ${others.length} more`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
