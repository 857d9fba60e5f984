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
  hotdeck [WORKSPACE]                     open the app (default: last workspace)
  hotdeck graph WORKSPACE [--program NAME] [--data FOLDER] [--json]
                                          print the module graph
  hotdeck plan WORKSPACE --changed PACKAGE[,PACKAGE] [--rule stack|dependents|all]
                          [--program NAME] [--data FOLDER] [--json]
                                          print what a reload would do once these packages are rebuilt
  hotdeck check WORKSPACE [--pid N] [--program NAME] [--data FOLDER] [--json]
                                          print the setup checks and what is wrong with the libraries on disk;
                                          with --pid, also what a reload of that server would run into
  hotdeck setup WORKSPACE [--dry-run | --apply | --revert] [--way edits|flags]
                          [--on-conflict merged|original|current] [--data FOLDER] [--json]
                                          print what setting up the workspace would change, apply it, or revert it
  hotdeck history WORKSPACE [--since TIME] [--until TIME] [--kind edit|build|reload|server]
                          [--json | --format jsonl|csv] [--export FILE] [--data FOLDER]
                                          print or export the history: edits, builds, reloads, and the server's
                                          starts and ends

Exit codes: 0 success; 1 check found something, the workspace or the process can't be read, or the command couldn't
do what was asked; 2 usage error.`;

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
  if (first.startsWith('-') && first !== '--xvfb')
    return { kind: 'bad use', message: `Unknown option ${first}.` };
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
