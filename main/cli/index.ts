#!/usr/bin/env node
/** The command line over the engine: `hotdeck WORKSPACE` opens the app, `hotdeck graph|plan|check|setup|history` do without it. */
import { codeOf, messageOf } from '../engine/result.ts';
import { checkCommand } from './check.ts';
import { graphCommand } from './graph.ts';
import { historyCommand } from './history.ts';
import { openCommand } from './open.ts';
import type { Outcome } from './outcome.ts';
import { planCommand } from './plan.ts';
import { printPieces } from './printPieces.ts';
import { setupCommand } from './setup.ts';

const USAGE = `Usage:
  hotdeck [WORKSPACE]                     open the app, there or where it was last
  hotdeck graph WORKSPACE [--program NAME] [--data FOLDER] [--json]
                                          print the module graph
  hotdeck plan WORKSPACE --changed PACKAGE[,PACKAGE] [--rule stack|dependents|all]
                          [--program NAME] [--data FOLDER] [--json]
                                          print what a reload would do after these were rebuilt
  hotdeck check WORKSPACE [--pid N] [--program NAME] [--data FOLDER] [--json]
                                          print the checks of the setup, and what is wrong with the libraries on
                                          disk; with --pid also what a reload of that running server would run into
  hotdeck setup WORKSPACE [--dry-run | --apply | --revert] [--way edits|flags]
                          [--on-conflict merged|original|current] [--data FOLDER] [--json]
                                          print how the workspace would be set up, set it up, or take that back
  hotdeck history WORKSPACE [--since TIME] [--until TIME] [--kind edit|build|reload|server]
                          [--json | --format jsonl|csv] [--export FILE] [--data FOLDER]
                                          print or save what happened there: edits, builds, reloads, the server's life

Exit codes: 0 all well, 1 there is a finding, or the workspace or the process can't be read, or nothing could be done,
2 bad use.`;

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Outcome | Promise<Outcome>>> = {
  graph: graphCommand,
  plan: planCommand,
  check: checkCommand,
  setup: setupCommand,
  history: historyCommand,
};

/** Also behind a command, where hands put it; what follows `--` are names. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  return args[0] === 'help' || options.includes('--help') || options.includes('-h');
}

async function main(args: readonly string[]): Promise<Outcome> {
  if (asksForHelp(args)) return { kind: 'printed', text: USAGE };
  const [first = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
  if (command !== undefined) return command(rest);
  if (first.startsWith('-')) return { kind: 'bad use', message: `Unknown option ${first}.` };
  return openCommand(args);
}

function complain(message: string): void {
  process.stderr.write(`hotdeck: ${message}\n`);
  process.exitCode = 1;
}

// Who reads along may have seen enough: `hotdeck setup WORKSPACE | head`.
process.stdout.on('error', (error) => {
  if (codeOf(error) !== 'EPIPE') complain(`The output can’t be written: ${error.message}.`);
});
process.stderr.on('error', () => {});
const outcome = await main(process.argv.slice(2));
if (outcome.kind === 'printed') {
  process.stdout.write(`${outcome.text}\n`);
  process.exitCode = outcome.code ?? 0;
}
if (outcome.kind === 'pieces') {
  await printPieces(process.stdout, outcome.pieces).catch((error) => complain(messageOf(error)));
  for (const trouble of outcome.troubles) complain(trouble);
}
if (outcome.kind === 'finding') {
  if (outcome.text !== undefined) process.stdout.write(`${outcome.text}\n`);
  complain(outcome.message);
}
if (outcome.kind === 'bad use') {
  process.stderr.write(`hotdeck: ${outcome.message}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
if (outcome.kind === 'exited') process.exitCode = outcome.code;
