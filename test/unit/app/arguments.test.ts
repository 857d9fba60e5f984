import { describe, expect, it } from 'vitest';
import { parseLaunch } from '../../../main/app/arguments.ts';

const development = { cwd: '/home/ann', appPath: '/src/hotdeck', packaged: false };
const packaged = { cwd: '/home/ann', appPath: '/opt/hotdeck/app.asar', packaged: true };

describe('the command line', () => {
  it.each([
    ['nothing', ['electron', '/src/hotdeck'], null],
    ['a relative workspace', ['electron', '/src/hotdeck', 'depot'], '/home/ann/depot'],
    ['an absolute one', ['electron', '/src/hotdeck', '/srv/depot'], '/srv/depot'],
    ['the app named by its entry', ['electron', '/src/hotdeck/dist/main/app.js', 'depot'], '/home/ann/depot'],
    ['the app named by a relative path', ['electron', '../../src/hotdeck', 'depot'], '/home/ann/depot'],
    ['the app’s own folder as the workspace', ['electron', '/src/hotdeck', '/src/hotdeck'], '/src/hotdeck'],
    ['no app at all', ['electron', 'depot'], '/home/ann/depot'],
    [
      'flags of a test runner',
      [
        'electron',
        '--inspect=0',
        '--remote-debugging-port=0',
        '-r',
        '/somewhere/loader.js',
        '--no-sandbox',
        '/src/hotdeck',
        '--user-data-dir=/tmp/data',
        'depot',
      ],
      '/home/ann/depot',
    ],
    ['a name that looks like a flag', ['electron', '/src/hotdeck', '--', '-depot'], '/home/ann/-depot'],
    ['an empty name', ['electron', '/src/hotdeck', ''], null],
  ])('finds %s in development', (_what, argv, workspace) => {
    expect(parseLaunch({ ...development, argv })).toEqual({ workspace });
  });

  it.each([
    ['nothing', ['/opt/hotdeck/hotdeck'], null],
    ['a workspace', ['/opt/hotdeck/hotdeck', '--no-sandbox', 'depot', 'ignored'], '/home/ann/depot'],
    ['the folder it is started in', ['/opt/hotdeck/hotdeck', '.'], '/home/ann'],
  ])('finds %s when packaged', (_what, argv, workspace) => {
    expect(parseLaunch({ ...packaged, argv })).toEqual({ workspace });
  });
});
