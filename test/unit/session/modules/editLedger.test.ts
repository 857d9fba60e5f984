/** The ledger of edits, alone: who owns a file is the only thing it asks, and here the folder answers. */
import { expect, test } from 'vitest';
import { EditLedger, type Saved } from '../../../../main/engine/session/modules/editLedger.ts';

function ledger(): { edits: EditLedger; waiting: string[][]; saved: Saved[] } {
  const edits = new EditLedger((file) => {
    const [folder = ''] = file.split('/');
    return { member: folder, owners: folder === 'docs' ? [] : [folder] };
  });
  const waiting: string[][] = [];
  const saved: Saved[] = [];
  edits.on('waiting', (files) => waiting.push(files));
  edits.on('saved', (each) => saved.push(each));
  return { edits, waiting, saved };
}

test('a save is told with the modules that it belongs to, after the files that wait', () => {
  const { edits, waiting, saved } = ledger();
  edits.save(['api/b.rs', 'api/a.rs', 'docs/x'], 10);
  expect(waiting).toEqual([['api/a.rs', 'api/b.rs', 'docs/x']]);
  expect(saved).toEqual([{ at: 10, files: ['api/b.rs', 'api/a.rs', 'docs/x'], owners: ['api'] }]);
});

test('a build that went well takes in what was saved before it, not what was saved meanwhile', () => {
  const { edits } = ledger();
  edits.save(['api/a.rs', 'core/c.rs'], 10);
  const takenIn = edits.beginBuild();
  expect(takenIn).toEqual(['api/a.rs', 'core/c.rs']);
  edits.save(['core/c.rs'], 20);
  edits.finishBuild(takenIn);
  expect(edits.waiting).toEqual(['core/c.rs']);
  expect(edits.built).toEqual([{ file: 'api/a.rs', owners: ['api'], at: 10 }]);
});

test('a build that failed takes in nothing', () => {
  const { edits } = ledger();
  edits.save(['api/a.rs'], 10);
  edits.beginBuild();
  expect(edits.waiting).toEqual(['api/a.rs']);
  expect(edits.built).toEqual([]);
  expect(edits.beginBuild()).toEqual(['api/a.rs']);
});

test('an edit counts from its first save on, until a reload has swapped one of its modules', () => {
  const { edits } = ledger();
  const build = (): void => edits.finishBuild(edits.beginBuild());
  edits.save(['api/a.rs'], 10);
  edits.save(['api/a.rs', 'core/c.rs'], 20);
  build();
  const { built } = edits;
  expect(built.map(({ file, at }) => `${file} ${at}`)).toEqual(['api/a.rs 10', 'core/c.rs 20']);
  edits.swap(['api'], built);
  expect(edits.built.map(({ file }) => file)).toEqual(['core/c.rs']);
  edits.save(['api/a.rs'], 30);
  build();
  expect(edits.built.map(({ file, at }) => `${file} ${at}`)).toEqual(['core/c.rs 20', 'api/a.rs 30']);
});

test('a file that is saved again during a reload is another edit, from that save on', () => {
  const { edits } = ledger();
  edits.save(['api/a.rs'], 10);
  edits.finishBuild(edits.beginBuild());
  const { built } = edits;
  edits.save(['api/a.rs'], 40);
  edits.swap(['api'], built);
  edits.finishBuild(edits.beginBuild());
  expect(edits.built).toEqual([{ file: 'api/a.rs', owners: ['api'], at: 40 }]);
});

test('each changed module has the file that was saved last for it, until it is swapped', () => {
  const { edits } = ledger();
  edits.save(['api/a.rs'], 10);
  edits.save(['api/b.rs', 'core/c.rs'], 20);
  edits.save(['api/a.rs'], 30);
  expect(Object.fromEntries(edits.changedModules)).toEqual({ api: 'api/a.rs', core: 'core/c.rs' });
  edits.swap(['core'], []);
  expect([...edits.changedModules.keys()]).toEqual(['api']);
});

test('a server that is started has all that was built, and not what waits for a build', () => {
  const { edits } = ledger();
  edits.save(['api/a.rs'], 10);
  edits.finishBuild(edits.beginBuild());
  edits.save(['core/c.rs'], 20);
  edits.start();
  expect(edits.built).toEqual([]);
  expect(Object.fromEntries(edits.changedModules)).toEqual({ core: 'core/c.rs' });
  expect(edits.waiting).toEqual(['core/c.rs']);
});

test('the last save of a file is remembered for as long as the session lasts', () => {
  const { edits } = ledger();
  edits.save(['api/a.rs'], 10);
  edits.save(['api/a.rs', 'core/c.rs'], 20);
  edits.finishBuild(edits.beginBuild());
  edits.start();
  expect(edits.saves(['api/a.rs', 'never.rs'])).toEqual([{ file: 'api/a.rs', member: 'api', at: 20 }]);
  expect(edits.saves()).toHaveLength(2);
});
