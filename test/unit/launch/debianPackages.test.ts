import { describe, expect, it } from 'vitest';
import { candidatePackages, packagesFor, parsePolicy } from '../../../main/launch/debianPackages.ts';

const policy = `libasound2:
  Installed: (none)
  Candidate: (none)
  Version table:
libasound2t64:
  Installed: (none)
  Candidate: 1.2.11-1build2
  Version table:
     1.2.11-1build2 500
libnss3:amd64:
  Installed: 2:3.98-1build1
  Candidate: 2:3.98-1build1
`;

describe('packages for missing libraries', () => {
  it('takes the name that the distribution has', () => {
    const debian12 = new Set(['libasound2', 'libgtk-3-0', 'libnss3']);
    const debian13 = new Set(['libasound2t64', 'libgtk-3-0t64', 'libnss3']);
    const names = ['libnss3.so', 'libgtk-3.so.0', 'libasound.so.2', 'libsmime3.so'];
    expect(packagesFor(names, (name) => debian12.has(name)).packages).toEqual([...debian12].sort());
    expect(packagesFor(names, (name) => debian13.has(name)).packages).toEqual([...debian13].sort());
  });

  it('says for which there is none', () => {
    expect(packagesFor(['libodd.so.7', 'unzip'], () => true)).toEqual({
      packages: ['unzip'],
      unknown: ['libodd.so.7'],
    });
  });

  it('asks about both names of a package', () => {
    expect(candidatePackages(['libasound.so.2', 'Xvfb'])).toEqual(['libasound2', 'libasound2t64', 'xvfb']);
  });

  it('reads which packages have something to install', () => {
    expect([...parsePolicy(policy)]).toEqual(['libasound2t64', 'libnss3']);
  });
});
