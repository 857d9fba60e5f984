import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { APP_ID } from '../../../main/app/appId.ts';

it('is the one that the installers write', () => {
  const settings = readFileSync(join(import.meta.dirname, '../../../electron-builder.yml'), 'utf8');
  expect(/^appId: (\S+)$/m.exec(settings)?.[1]).toBe(APP_ID);
});
