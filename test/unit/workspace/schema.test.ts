import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseSettings, reloadIn, SettingsFileSchema } from '../../../main/engine/workspace/settingsFile.ts';

const assets = join(import.meta.dirname, '../../../assets');

test('the JSON schema says what the program accepts (vitest -u writes it again)', async () => {
  const schema = { title: 'hotdeck.json', ...z.toJSONSchema(SettingsFileSchema, { io: 'input' }) };
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    join(assets, 'hotdeck.schema.json'),
  );
});

test('the settings of the sample are accepted', async () => {
  const text = await readFile(join(assets, 'sample/hotdeck.json'), 'utf8');
  expect(parseSettings(text)).toMatchObject({ ok: true, value: { rule: 'stack' } });
});

test.each([
  ['{', 'not JSON'],
  ['[]', 'expected object'],
  ['{"rule":"heap"}', 'rule'],
  ['{"signals":{"reload":"SIGKILL"}}', 'signals.reload'],
  ['{"ready":"("}', 'not a regular expression'],
  ['{"pakage":"depot"}', 'pakage'],
  ['{"new":"size"}', 'new'],
  ['{"reload":"SIGKILL"}', 'reload'],
  ['{"reload":{"command":[]}}', 'reload'],
  ['{"reload":"self","signals":{"reload":"SIGHUP"}}', 'contradict'],
])('%s is refused with a sentence that names the fault', (text, word) => {
  const parsed = parseSettings(text);
  expect(parsed).toMatchObject({ ok: false, failure: { kind: 'broken-settings' } });
  expect(parsed.ok ? '' : parsed.failure.message).toContain(word);
});

test.each([
  [{}, undefined],
  [{ reload: 'SIGHUP' }, { by: 'signal', signal: 'SIGHUP' }],
  [{ signals: { reload: 'SIGUSR1' } }, { by: 'signal', signal: 'SIGUSR1' }],
  [
    { reload: 'SIGHUP', signals: { reload: 'SIGHUP' } },
    { by: 'signal', signal: 'SIGHUP' },
  ],
  [{ reload: 'self' }, { by: 'self' }],
  [{ reload: { command: ['kill', '-HUP', '{pid}'] } }, { by: 'command', command: ['kill', '-HUP', '{pid}'] }],
])('%j says how it reloads', (settings, expected) => {
  const parsed = parseSettings(JSON.stringify(settings));
  expect(parsed.ok ? reloadIn(parsed.value) : parsed).toEqual(expected);
});
