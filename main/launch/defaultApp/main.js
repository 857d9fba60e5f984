// The part of Electron's command line that this project and Playwright use: `electron [-r MODULE] [flags] APP [args]`.
// It is packed as resources/default_app.asar of the registry build, which comes without one.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
// biome-ignore lint/style/noRestrictedImports: this file runs inside Electron, as its default app.
import { app, dialog } from 'electron';

process.defaultApp = true;
const require = createRequire(pathToFileURL(join(process.cwd(), 'electron.js')));
const { preload, target, version } = readArguments(process.argv.slice(1));

if (version) {
  console.log(`v${process.versions.electron}`);
  process.exit(0);
}
for (const module of preload) require(resolve(module));
if (target === undefined) {
  console.error('electron: name the folder of an app.');
  process.exit(1);
}
// Awaited at the top, because `ready` must not be emitted before the app had its chance to set itself up.
try {
  const folder = resolve(target);
  introduce(folder);
  await import(pathToFileURL(require.resolve(folder)).href);
} catch (error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(text);
  if (!process.env.CI) dialog.showErrorBox('The app could not be started', text);
  process.exit(1);
}

function readArguments(args) {
  const found = { preload: [], target: undefined, version: false };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (arg === '-r' || arg === '--require') found.preload.push(args[++at]);
    else if (arg === '-v' || arg === '--version') found.version = true;
    else if (!arg.startsWith('-')) return { ...found, target: arg };
  }
  return found;
}

// Electron reads these from package.json only for an app that lies in its resources.
function introduce(folder) {
  app.setAppPath(folder);
  let description;
  try {
    description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return; // A single file is an app too.
  }
  if (description.version) app.setVersion(description.version);
  app.setName(description.productName ?? description.name ?? app.getName());
  app.setDesktopName?.(description.desktopName ?? `${app.getName()}.desktop`);
}
