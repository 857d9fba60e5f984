/** Builds that have nothing to reload: said so, Ctrl+C left alone, ended by the signal that they listen to. */
import { expect, onTestFinished, test } from 'vitest';
import type { ServerState } from '#shared/contract.ts';
import { type EngineClient, startEngine } from '../../support/engine.ts';
import { packageTable, writeFiles } from '../../support/fixtures/files.ts';
import { temporaryFolder } from '../../support/folders.ts';

/** A program that says which signal it got, for those of these numbers; for others it does what the kernel does. */
const mainOf = (listensTo: readonly number[]): string => `use std::sync::atomic::{AtomicI32, Ordering};

unsafe extern "C" {
    fn signal(number: i32, handler: extern "C" fn(i32)) -> usize;
}

static GOT: AtomicI32 = AtomicI32::new(0);

extern "C" fn note(number: i32) {
    GOT.store(number, Ordering::SeqCst);
}

fn main() {
    for number in ${JSON.stringify(listensTo)} as [i32; ${listensTo.length}] {
        unsafe { signal(number, note) };
    }
    println!("Listening on nothing");
    loop {
        std::thread::sleep(std::time::Duration::from_millis(5));
        let number = GOT.load(Ordering::SeqCst);
        if number != 0 {
            println!("signal {number}");
            return;
        }
    }
}
`;

async function start(listensTo: readonly number[], settings: object = {}): Promise<EngineClient> {
  const root = await temporaryFolder();
  await writeFiles(root, {
    'Cargo.toml': packageTable('plain'),
    'src/main.rs': mainOf(listensTo),
    'hotdeck.json': JSON.stringify(settings),
  });
  const client = startEngine();
  onTestFinished(() => client.close());
  await client.open(root, { buildOnSave: false });
  await client.request('start', {});
  await client.until('running', ({ server }) => server.name === 'running');
  return client;
}

/** The first signal of a shutdown, as the state tells it, and what the program says of it. */
async function shutdown(client: EngineClient): Promise<{ asked: string | null; text: string }> {
  const before: ServerState[] = [];
  const done = client.request('shutdown', {});
  await client.until('it stops', ({ server }) => {
    before.push(server);
    return server.name === 'stopped' || server.name === 'crashed';
  });
  expect(await done).toEqual({ ok: true });
  expect(client.session.server.name).toBe('stopped');
  expect(client.session.notices).toEqual([]);
  const stopping = before.find((server) => server.name === 'stopping');
  return { asked: stopping?.name === 'stopping' ? stopping.signal : null, text: client.text('server') };
}

test('a reload is refused with the reason', async () => {
  const client = await start([2, 15]);
  expect(client.session.mode).toMatchObject({ name: 'static', reason: expect.stringContaining('one piece') });
  expect(await client.request('reload', {})).toMatchObject({
    ok: false,
    failure: { kind: 'static', message: expect.stringContaining('one piece') },
  });
  expect(client.session.lastReload).toBeNull();
});

test.each([
  ['SIGQUIT', 'signal 3', [2, 3, 15]],
  ['SIGTERM', 'signal 15', [2, 15]],
  ['SIGINT', 'signal 2', [2]],
] as const)('it is ended by %s where it listens to that', async (signal, text, listensTo) => {
  const ended = await shutdown(await start(listensTo));
  expect(ended.asked).toBe(signal);
  expect(ended.text).toContain(text);
});

test('one that listens to nothing gets SIGTERM, and dumps no core', async () => {
  const { asked, text } = await shutdown(await start([]));
  expect(asked).toBe('SIGTERM');
  expect(text).not.toMatch(/core dumped/);
});

test('what hotdeck.json says is done all the same', async () => {
  const client = await start([2, 15], { signals: { shutdown: 'SIGHUP' } });
  expect((await shutdown(client)).asked).toBe('SIGHUP');
});

test.each([[[2]], [[]]])(
  'Ctrl+C means what it means in a terminal, and is no crash: %j',
  async (listensTo) => {
    const client = await start(listensTo);
    await client.request('input', { data: '\x03' });
    await client.until('stopped', ({ server }) => server.name === 'stopped');
    expect(client.session.notices).toEqual([]);
    expect(client.session.lastReload).toBeNull();
  },
);

test('another death by the same signal is one', async () => {
  const client = await start([]);
  const { server } = client.session;
  if (!('pid' in server)) throw new Error('It does not run.');
  process.kill(server.pid, 'SIGINT');
  await client.until('crashed', (session) => session.server.name === 'crashed');
});
