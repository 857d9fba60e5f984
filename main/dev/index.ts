/** `npm run dev`: runs the app from sources, and again after each change. The arguments are those of `npm start`. */
import { develop } from './develop.ts';

const say = (line: string) => console.error(`hotdeck: ${line}`);

const ended = await develop(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd(), say);
if (ended.ok) {
  process.exitCode = ended.code;
} else {
  say(ended.failure.message);
  if (ended.failure.remedy !== null) say(ended.failure.remedy);
  process.exitCode = 1;
}
