import { useId } from 'react';
import { ask } from '../../state/actions.ts';
import { programHint, programName } from '../../state/programs.ts';
import { useSession } from '../../state/store.ts';
import { Fact } from '../../ui/Fact.tsx';

/** Chooses which program of the workspace is the server, where there are several. */
export function ProgramSetting() {
  const id = useId();
  const programs = useSession((session) => session.programs);
  const running = useSession(
    (session) => session.server.name !== 'stopped' && session.server.name !== 'crashed',
  );
  const chosen = programs.find((program) => program.chosen);
  if (programs.length < 2 || chosen === undefined) return null;
  return (
    <dl className="facts">
      <Fact term={<label htmlFor={id}>Server program</label>} setting>
        <select
          id={id}
          className="field"
          value={chosen.id}
          disabled={running}
          title={running ? 'Shut down the server first' : undefined}
          onChange={(event) => void ask('chooseProgram', { program: event.target.value })}
        >
          {programs.map((program) => (
            <option key={program.id} value={program.id}>
              {programName(program, programs)} ({programHint(program)})
            </option>
          ))}
        </select>
      </Fact>
    </dl>
  );
}
