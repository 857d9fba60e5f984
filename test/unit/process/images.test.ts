import { expect, test } from 'vitest';
import { deviceName } from '../../../main/engine/process/artifacts.ts';
import { parseMaps, readImages } from '../../../main/engine/process/images.ts';

const MAPS = `55d0c0a00000-55d0c0a2e000 r--p 00000000 fe:00 1311 /srv/target/debug/depot
7f10a0000000-7f10a0021000 rw-p 00000000 00:00 0
7f10a4e00000-7f10a4e28000 r--p 00000000 fe:00 2042 /srv/target/debug/libdepot_api.so (deleted)
7f10a4e28000-7f10a4e60000 r-xp 00028000 fe:00 2042 /srv/target/debug/libdepot_api.so (deleted)
7f10a5000000-7f10a5028000 r--p 00000000 fe:00 2077                       /srv/with space/libdepot_api.so
7ffd1b0f0000-7ffd1b111000 rw-p 00000000 00:00 0                          [stack]
`;

test('each mapped file comes once, with its mark of deletion and where it is first', () => {
  const common = { device: 'fe:00', pid: 7 };
  expect(parseMaps(MAPS, 7)).toEqual([
    {
      ...common,
      inode: '1311',
      deleted: false,
      path: '/srv/target/debug/depot',
      address: '55d0c0a00000-55d0c0a2e000',
      isExecutable: false,
    },
    {
      ...common,
      inode: '2042',
      deleted: true,
      path: '/srv/target/debug/libdepot_api.so',
      address: '7f10a4e00000-7f10a4e28000',
      isExecutable: true,
    },
    {
      ...common,
      inode: '2077',
      deleted: false,
      path: '/srv/with space/libdepot_api.so',
      address: '7f10a5000000-7f10a5028000',
      isExecutable: false,
    },
  ]);
});

test('a path is what it is: in any script, and with a line break in it', () => {
  const line =
    '7f10a5000000-7f10a5028000 r-xp 00000000 fe:00 2077 /srv/Müll-コード/a\\012b/libx.so (deleted)\n';
  expect(parseMaps(line, 7)).toMatchObject([{ path: '/srv/Müll-コード/a\nb/libx.so', deleted: true }]);
});

test('text that is no map holds no files', () => {
  expect(parseMaps('', 7)).toEqual([]);
  expect(parseMaps('/\n / \nx /y\n', 7)).toEqual([]);
});

test('this very process has its program mapped', () => {
  expect([...(readImages(process.pid)?.keys() ?? [])]).toContain(process.execPath.split('/').at(-1));
});

test('a process that is not there has no images', () => {
  expect(readImages(2 ** 22 + 1)).toBeNull();
});

test.each([
  [0xfe00n, 'fe:00'],
  [0x801n, '08:01'],
  // Minor 300 does not fit into the low byte: glibc puts the rest above the major.
  [0x10082cn, '08:12c'],
])('device %i is %s', (device, name) => {
  expect(deviceName(device)).toBe(name);
});
