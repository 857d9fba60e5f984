/** Stories of a setup that tests cut off at every point: how the workspace is before, what is done, how it is after. */
import type { Result } from '../../../../main/engine/result.ts';
import { SetupChanges } from '../../../../main/engine/setup/changes/setupChanges.ts';
import { quickDisk } from './disks.ts';
import { type Files, valueIn, wayOf, writeFiles } from './places.ts';

export interface Place {
  root: string;
  folder: string;
}

export interface Story {
  name: 'apply' | 'apply on top' | 'revert';
  /** Brings a folder with FIRST in it to where the story begins. */
  prepare(place: Place): Promise<void>;
  act(changes: SetupChanges): Promise<Result<null>>;
  before: Files;
  after: Files;
}

const many = (word: string): string =>
  `${Array.from({ length: 99 }, (_, i) => `${word} ${i}\n`).join('')}the same\n`;

export const FIRST: Files = { 'Cargo.toml': many('one'), 'src/api/Cargo.toml': 'a\r\n\xff\r\n' };
const APPLIED: Files = {
  'Cargo.toml': many('two'),
  'src/api/Cargo.toml': 'b\r\n\xff\r\n',
  '.cargo/config.toml': '[build]\n',
};
const ON_TOP: Files = { ...APPLIED, 'Cargo.toml': many('three'), 'new/folder/file': 'more\n' };
const EDITED: Files = { ...APPLIED, 'Cargo.toml': `${many('two')}mine\n` };

const wayBetween = (before: Files, after: Files) =>
  wayOf(
    Object.fromEntries(
      Object.entries(after)
        .filter(([file, text]) => before[file] !== text)
        .map(([file, text]) => [file, [before[file] ?? null, text]] as const),
    ),
  );

const first = wayBetween(FIRST, APPLIED);
const applyFirst = async (place: Place): Promise<void> => {
  valueIn(await new SetupChanges({ ...place, disk: quickDisk }).apply(first));
};

export const STORIES: readonly Story[] = [
  {
    name: 'apply',
    prepare: async () => {},
    act: (changes) => changes.apply(first),
    before: FIRST,
    after: APPLIED,
  },
  {
    name: 'apply on top',
    prepare: applyFirst,
    act: (changes) => changes.apply(wayBetween(APPLIED, ON_TOP)),
    before: APPLIED,
    after: ON_TOP,
  },
  {
    name: 'revert',
    async prepare(place) {
      await applyFirst(place);
      await writeFiles(place.root, EDITED);
    },
    act: (changes) => changes.revert({ 'Cargo.toml': 'merged' }),
    before: EDITED,
    after: { ...FIRST, 'Cargo.toml': `${many('one')}mine\n` },
  },
];
