import { openApp } from '../launch/openApp.ts';
import { findingOf, type Outcome } from './outcome.ts';

/** `hotdeck [WORKSPACE]`: the app, as `npm start` opens it. */
export async function openCommand(args: readonly string[]): Promise<Outcome> {
  const say = (line: string): void => console.error(`hotdeck: ${line}`);
  const opened = await openApp(args, process.cwd(), say);
  return opened.ok ? { kind: 'exited', code: opened.code } : findingOf(opened.failure);
}
