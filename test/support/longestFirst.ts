import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes longest, first: begun last, it would run alone at the end. */
const LONGEST = [
  'unit/setup/changes/interrupted.test.ts',
  'integration/setup/kills.test.ts',
  'integration/cli/check.test.ts',
  'integration/workspaces/members.test.ts',
  'integration/workspaces/places.test.ts',
  'integration/workspaces/hosts.test.ts',
  'integration/engine/why.test.ts',
  'integration/workspaces/troubles.test.ts',
  'integration/workspaces/files.test.ts',
  'integration/engine/verdicts.test.ts',
  'integration/setup/firstReload.test.ts',
  'integration/history/killedAnywhere.test.ts',
  'integration/engine/blind.test.ts',
  'integration/engine/foresight.test.ts',
  'e2e/verdicts.e2e.ts',
  'e2e/mainJob.e2e.ts',
  'e2e/packaged/mainJob.packaged.ts',
  'e2e/flood.e2e.ts',
  'e2e/setup.e2e.ts',
  'e2e/now.e2e.ts',
  'e2e/timeline.e2e.ts',
  'e2e/story.e2e.ts',
  'e2e/failures.e2e.ts',
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = LONGEST.findIndex((file) => moduleId.endsWith(`/test/${file}`));
  return place === -1 ? LONGEST.length : place;
};

/** The order in which files of tests are begun, within a suite: the longest, then as Vitest has it. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const turnOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder;
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => turnOf(a) - turnOf(b) || placeOf(a) - placeOf(b));
  }
}
