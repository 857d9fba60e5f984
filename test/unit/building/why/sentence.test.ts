import { expect, test } from 'vitest';
import { type Cause, causeOf } from '../../../../main/engine/building/why/cause.ts';
import { phraseOf } from '../../../../main/engine/building/why/sentence.ts';

const NOW = new Date(2026, 10, 23, 15).getTime();
const AT = new Date(2026, 10, 23, 14, 3, 11).getTime();

const say = (kind: Cause['kind'], parts: Partial<Cause>, ...chain: string[]): string =>
  phraseOf({ ...causeOf(kind, parts), chain }, { label: (name) => name.replace('depot_', ''), now: NOW });

test.each<[string, Cause['kind'], Partial<Cause>, string[]]>([
  [
    'rebuilt because api changed (src/api/sync.rs, 14:03:11)',
    'edited',
    { file: 'src/api/sync.rs', at: AT },
    ['depot_api', 'depot_router'],
  ],
  ['edited (api/src/lib.rs, 14:03:11)', 'edited', { file: 'api/src/lib.rs', at: AT }, ['depot_api']],
  [
    'edited (api/src/lib.rs, 14:03:11, and 2 more)',
    'edited',
    { file: 'api/src/lib.rs', at: AT, others: ['a', 'b'] },
    ['depot_api'],
  ],
  [
    'rebuilt because core changed (core/src/lib.rs, Nov 22, 14:03:11), by way of service and api',
    'edited',
    { file: 'core/src/lib.rs', at: AT - 24 * 3_600_000 },
    ['depot_core', 'depot_service', 'depot_api', 'depot_router'],
  ],
  ['rebuilt because the environment variable A changed', 'environment', { detail: 'A' }, ['low']],
  [
    'rebuilt because low was: the environment variable A changed',
    'environment',
    { detail: 'A' },
    ['low', 'top'],
  ],
  ['rebuilt because data.txt changed (14:03:11)', 'file', { file: 'data.txt', at: AT }, ['low']],
  ['rebuilt because gone.rs is missing', 'file', { file: 'gone.rs', detail: 'is missing' }, ['low']],
  [
    'rebuilt because the flags for rustc changed (RUSTFLAGS is now -Copt-level=1)',
    'flags',
    { detail: 'RUSTFLAGS is now -Copt-level=1' },
    ['low'],
  ],
  [
    'rebuilt because .cargo/config.toml changed (14:03:11)',
    'configuration',
    { file: '.cargo/config.toml', at: AT },
    ['low'],
  ],
  ['replaced outside Hotdeck (14:03:11)', 'elsewhere', { at: AT }, ['low']],
  [
    'replaced outside Hotdeck, after low changed (low.rs, 14:03:11)',
    'elsewhere',
    { file: 'low.rs', at: AT },
    ['low', 'top'],
  ],
  ['built because it had no file', 'first', {}, ['low']],
  ['rebuilt; cargo does not say why', 'unknown', {}, ['low']],
  ['rebuilt because cargo says: forced', 'unknown', { detail: 'forced' }, ['low']],
])('%s', (sentence, kind, parts, chain) => {
  expect(say(kind, parts, ...chain)).toBe(sentence);
});
