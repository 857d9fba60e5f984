import type { EngineState, ProgramChoice } from '#shared/contract.ts';
import { failed, type Result } from './result.ts';
import { bySetup } from './session/builds/buildTrigger.ts';
import type { OpenSession } from './session/openSession.ts';
import type { Choices } from './workspace/choices.ts';
import { rememberedProgram } from './workspace/rememberedProgram.ts';

interface Host {
  state: EngineState;
  open: OpenSession | null;
  choices: Choices | null;
  reopen(): Promise<void>;
}

/**
 * Takes a program of the workspace for the server, turns on the features that it is built with only, and remembers both.
 * Errors: there is no such program; the server runs; hotdeck.json names another one.
 * @param id see ProgramChoice.
 */
export async function chooseProgram(
  id: string,
  { state, open, choices, reopen }: Host,
): Promise<Result<null>> {
  const root = rootOf(state);
  const programs = programsOf(state);
  const program = programs.find((each) => each.id === id);
  if (root === null || choices === null || program === undefined) {
    return failed(
      'unknown-program',
      'There is no such program in this workspace.',
      'Choose one that is listed.',
    );
  }
  if (open !== null && open.session.server.pid !== null) {
    return failed('server-runs', 'The server runs.', 'Shut it down first, then choose.');
  }
  const settings = open?.session.workspace.settings ?? [];
  const isNamed = settings.some(({ key, from }) => key === 'executable' && from === 'hotdeck.json');
  if (isNamed && !program.chosen) {
    return failed(
      'named-program',
      'hotdeck.json names the program of this workspace.',
      'Change "package" and "binary" there, or remove them, and choose again.',
    );
  }
  const changed = await choices.change({
    program: await rememberedProgram(root, program, choices.current.program),
  });
  if (open === null) await reopen();
  else await open.actions.afterSetup({ trigger: bySetup('Program'), build: 'no' });
  return changed;
}

const rootOf = (state: EngineState): string | null => {
  if (state.name === 'choosing') return state.root;
  return state.name === 'open' ? state.session.workspace.root : null;
};

const programsOf = (state: EngineState): readonly ProgramChoice[] => {
  if (state.name === 'choosing') return state.programs;
  return state.name === 'open' ? state.session.programs : [];
};
