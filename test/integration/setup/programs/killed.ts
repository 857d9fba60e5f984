/** Acts a story of a setup, and is killed before its n-th step: `node program.mjs ROOT FOLDER STORY N`. */
import { SetupChanges } from '../../../../main/engine/setup/changes/setupChanges.ts';
import { gatedDisk } from '../../../unit/setup/changes/disks.ts';
import { STORIES } from '../../../unit/setup/changes/stories.ts';

const [root = '', folder = '', name = '', n = ''] = process.argv.slice(2);
let count = 0;
const disk = gatedDisk(() => {
  if (count === Number(n)) process.kill(process.pid, 'SIGKILL');
  count += 1;
}, true);
const story = STORIES.find((each) => each.name === name);
const result = await story?.act(new SetupChanges({ root, folder, disk }));
if (result?.ok !== true) {
  console.error(result?.failure.message ?? `There is no story ${name}.`);
  process.exitCode = 1;
}
