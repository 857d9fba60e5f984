/** Which parts of the product may import which others. The longest path that a file begins with is its part. */
export const BORDERS: Readonly<Record<string, readonly string[]>> = {
  'main/dev': ['main/launch', 'main/app', 'main/engine'],
  'main/app': ['main/engine', 'main/files', 'preload/shared'],
  'main/cli': ['main/engine', 'main/launch', 'preload/shared'],
  'main/launch': ['preload/shared'],
  'main/engine': ['main/files', 'preload/shared'],
  'main/files': [],
  renderer: ['preload/shared'],
  preload: ['preload/shared'],
  'preload/shared': [],
};

/** Imports that the floors would allow and that must not be: the first knows the second behind an interface only. */
export const BEHIND_AN_INTERFACE: readonly { from: string; to: string; by: string }[] = [
  { from: 'main/engine/session', to: 'main/engine/cargo', by: 'main/engine/building/buildSystem.ts' },
];

/**
 * The floors of a folder, from the top down: what lies on one imports what lies on the floors below it only, never its
 * neighbors. Files right inside the folder lie on no floor; that they make no circle is checked besides.
 */
export const FLOORS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'main/engine': [
    ['session'],
    ['setup', 'explain', 'foresight'],
    ['workspace'],
    ['cargo'],
    ['process', 'history', 'building'],
    ['rust', 'logs', 'watch'],
    ['families', 'graph'],
    ['elf'],
  ],
  'main/engine/session': [['recording'], ['builds', 'reload'], ['notices'], ['modules']],
  renderer: [
    ['shell'],
    ['toolbar', 'welcome', 'bugReport', 'history'],
    ['details', 'log', 'terminal', 'problems'],
    ['graph', 'search'],
    ['plan'],
    ['setup'],
    ['state'],
    ['ui'],
  ],
};
