/** `npm start`: opens the app from a checkout. The arguments are those of openApp. */
import { openApp } from './openApp.ts';

// npm runs scripts in the checkout; the caller's own folder is in INIT_CWD.
const cwd = process.env.npm_lifecycle_event === undefined ? undefined : process.env.INIT_CWD;
const say = (line: string) => console.error(`hotdeck: ${line}`);

const opened = await openApp(process.argv.slice(2), cwd ?? process.cwd(), say);
if (opened.ok) {
  process.exitCode = opened.code;
} else {
  say(opened.failure.message);
  if (opened.failure.remedy !== null) say(opened.failure.remedy);
  process.exitCode = 1;
}
