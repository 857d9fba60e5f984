import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listeningIn, listeningSockets, listeningUnixIn } from '../../../main/engine/process/listening.ts';
import { temporaryFolder } from '../../support/folders.ts';

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F48 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 31337 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F48 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 31338 1 0000000000000000 20 4 30 10 -1
`;
const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4 1
   1: 00000000000000000000000001000000:0051 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 5 1
   2: B80D0120000000000000000001000000:0052 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 6 1
   3: 0000000000000000FFFF00000100007F:0053 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 7 1
`;
const UNIX = `Num       RefCount Protocol Flags    Type St Inode Path
0000000000000000: 00000002 00000000 00010000 0001 01 8123 /run/depot.sock
0000000000000000: 00000003 00000000 00000000 0001 03 8124 /run/depot.sock
0000000000000000: 00000002 00000000 00010000 0001 01 8125
`;

test('the kernel’s tables tell which sockets listen, and where', () => {
  expect(listeningIn(TCP)).toEqual([{ inode: '31337', address: '127.0.0.1:8008' }]);
  expect(listeningIn(TCP6).map(({ address }) => address)).toEqual([
    '[::]:80',
    '[::1]:81',
    '[2001:db8::1]:82',
    '127.0.0.1:83',
  ]);
  expect(listeningUnixIn(UNIX)).toEqual([
    { inode: '8123', address: '/run/depot.sock' },
    { inode: '8125', address: 'a Unix socket without a name' },
  ]);
});

test('a process is seen to listen on what it really listens on, and another is not', async () => {
  const path = join(await temporaryFolder(), 'own.sock');
  const servers = [createServer().listen(0, '127.0.0.1'), createServer().listen(path)];
  onTestFinished(async () => {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.once('listening', resolve))));
  const address = servers[0]?.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const seen = listeningSockets([process.pid]).map((socket) => socket.address);
  expect(seen).toContain(`127.0.0.1:${port}`);
  expect(seen).toContain(path);
  expect(listeningSockets([0x3ffffff])).toEqual([]);
});
