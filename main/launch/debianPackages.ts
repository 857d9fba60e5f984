/** Which Debian package brings what Electron, its tests and its build need. Pure. */

/**
 * By the name of the shared library or program; the first of the packages that the distribution has is right
 * (those ending in t64 came with the change to 64-bit time in Debian 13 and Ubuntu 24.04).
 */
const packages: Readonly<Record<string, readonly string[]>> = {
  'libX11.so.6': ['libx11-6'],
  'libX11-xcb.so.1': ['libx11-xcb1'],
  'libXcomposite.so.1': ['libxcomposite1'],
  'libXcursor.so.1': ['libxcursor1'],
  'libXdamage.so.1': ['libxdamage1'],
  'libXext.so.6': ['libxext6'],
  'libXfixes.so.3': ['libxfixes3'],
  'libXi.so.6': ['libxi6'],
  'libXrandr.so.2': ['libxrandr2'],
  'libXrender.so.1': ['libxrender1'],
  'libXss.so.1': ['libxss1'],
  'libXtst.so.6': ['libxtst6'],
  'libasound.so.2': ['libasound2t64', 'libasound2'],
  'libatk-1.0.so.0': ['libatk1.0-0t64', 'libatk1.0-0'],
  'libatk-bridge-2.0.so.0': ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  'libatspi.so.0': ['libatspi2.0-0t64', 'libatspi2.0-0'],
  'libcairo.so.2': ['libcairo2'],
  'libcups.so.2': ['libcups2t64', 'libcups2'],
  'libdbus-1.so.3': ['libdbus-1-3'],
  'libdrm.so.2': ['libdrm2'],
  'libexpat.so.1': ['libexpat1'],
  'libgbm.so.1': ['libgbm1'],
  'libgdk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libgdk_pixbuf-2.0.so.0': ['libgdk-pixbuf-2.0-0', 'libgdk-pixbuf2.0-0'],
  'libgio-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libglib-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgmodule-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgobject-2.0.so.0': ['libglib2.0-0t64', 'libglib2.0-0'],
  'libgtk-3.so.0': ['libgtk-3-0t64', 'libgtk-3-0'],
  'libnspr4.so': ['libnspr4'],
  'libnss3.so': ['libnss3'],
  'libnssutil3.so': ['libnss3'],
  'libpango-1.0.so.0': ['libpango-1.0-0'],
  'libpangocairo-1.0.so.0': ['libpangocairo-1.0-0'],
  'libsmime3.so': ['libnss3'],
  'libssl3.so': ['libnss3'],
  'libudev.so.1': ['libudev1'],
  'libuuid.so.1': ['libuuid1'],
  'libxcb.so.1': ['libxcb1'],
  'libxcb-dri3.so.0': ['libxcb-dri3-0'],
  'libxkbcommon.so.0': ['libxkbcommon0'],
  'libxshmfence.so.1': ['libxshmfence1'],
  Xvfb: ['xvfb'],
  ldd: ['libc-bin'],
  unzip: ['unzip'],
  xauth: ['xauth'],
};

/** Every package that may bring one of `names`: what to ask the package manager about. */
export function candidatePackages(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => packages[name] ?? []))].sort();
}

/**
 * The packages that bring `names` on a distribution that has the `available` ones. `unknown` are the names for which
 * there is none.
 */
export function packagesFor(
  names: readonly string[],
  available: (name: string) => boolean,
): { packages: string[]; unknown: string[] } {
  const found = new Set<string>();
  const unknown: string[] = [];
  for (const name of names) {
    const first = packages[name]?.find(available);
    if (first === undefined) unknown.push(name);
    else found.add(first);
  }
  return { packages: [...found].sort(), unknown };
}

/** The packages with something to install, in what `apt-cache policy` prints in the C locale. */
export function parsePolicy(output: string): Set<string> {
  const available = new Set<string>();
  let current = '';
  for (const line of output.split('\n')) {
    const heading = /^(\S+):$/.exec(line);
    if (heading?.[1] !== undefined) current = heading[1].replace(/:\w+$/, '');
    else if (/^\s+Candidate: (?!\(none\))/.test(line)) available.add(current);
  }
  return available;
}
