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
