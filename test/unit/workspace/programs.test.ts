import { expect, test } from 'vitest';
import type { Program } from '../../../main/engine/cargo/packages/packages.ts';
import { detectProgram } from '../../../main/engine/workspace/profile.ts';
import { asArguments, featureRemarks, programChoices } from '../../../main/engine/workspace/programs.ts';
import { programHint, programName } from '../../../renderer/state/programs.ts';
import { NO_PACKAGES } from '../../support/cargoMetadata.ts';

const program = (binary: string, parts: Partial<Program> = {}): Program => ({
  ...{ package: 'harbor', node: 'harbor', binary, kind: 'bin', missing: [] },
  ...{ defaultRun: false, features: [], defaults: [] },
  ...parts,
});

test('the choices are all programs, with what is missing in the build that is done', () => {
  const all = [program('quay', { missing: ['server'] }), program('pier')];
  const built = [program('quay')];
  expect(programChoices(all, built, program('quay'))).toMatchObject([
    { id: 'bin harbor/quay', missing: [], chosen: true },
    { id: 'bin harbor/pier', missing: [], chosen: false },
  ]);
});

test('a feature is named by itself for the package that cargo runs in', () => {
  expect(asArguments('harbor', ['server'], true)).toEqual(['server']);
  expect(asArguments('harbor', ['server', 'tls'], false)).toEqual(['harbor/server', 'harbor/tls']);
});

test('a program is said to lack features only where it does', () => {
  expect(featureRemarks(program('quay'))).toEqual([]);
  const [remark] = featureRemarks(program('quay', { missing: ['server', 'tls'] }));
  expect(remark).toMatchObject({ program: 'bin harbor/quay', actions: ['enable-features'] });
  expect(remark?.message).toContain('only with the features server and tls');
});

test('of several programs the one that cargo builds without being told is the server', () => {
  const lacking = program('tool', { missing: ['tools'] });
  expect(detectProgram({ ...NO_PACKAGES, programs: [lacking, program('quay')] })?.binary).toBe('quay');
  expect(detectProgram({ ...NO_PACKAGES, programs: [program('pier'), program('quay')] })).toBeNull();
  expect(
    detectProgram({ ...NO_PACKAGES, programs: [program('quay', { defaultRun: true }), program('pier')] })
      ?.binary,
  ).toBe('quay');
});

test('a window names packages where names are not enough, and says what is turned on', () => {
  const [one, other] = programChoices(
    [program('quay', { missing: ['server'] }), program('quay', { package: 'dock', kind: 'example' })],
    [],
    null,
  );
  if (one === undefined || other === undefined) throw new Error('Two were given.');
  expect(programName(one, [one])).toBe('quay');
  expect(programName(one, [one, other])).toBe('harbor / quay');
  expect(programHint(one)).toBe('package harbor; turns on the feature server');
  expect(programHint(other)).toBe('an example of the package dock');
});
