/** The app as `npm run dev` builds and starts it. */
import { startApp } from '../app/startApp.ts';
import { engineDebugFlags } from './debugPorts.ts';
import { devPage } from './devPage.ts';

process.setSourceMapsEnabled(true);
const page = devPage(process.env);
const engineArguments = process.env.HOTDECK_DEV_DEBUG === '1' ? engineDebugFlags : [];
// The engine hands its environment on, to cargo and the server.
for (const name of Object.keys(process.env)) {
  if (name.startsWith('HOTDECK_DEV_')) delete process.env[name];
}
startApp({ page: () => page, engineArguments });
