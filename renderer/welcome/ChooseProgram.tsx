import type { ProgramChoice } from '#shared/contract.ts';
import { ask, askApp } from '../state/actions.ts';
import { programHint, programName } from '../state/programs.ts';

/** Asks which of a workspace's programs is the server. */
export function ChooseProgram({ root, programs }: { root: string; programs: readonly ProgramChoice[] }) {
  return (
    <main className="empty">
      <section className="empty-card" aria-label="Choose the server">
        <h1>Which program is the server?</h1>
        <p className="path">{root}</p>
        <p className="empty-message">
          This workspace has several programs. Hotdeck remembers your choice outside the workspace; you can
          change it later under “How this workspace is run”.
        </p>
        <ul className="programs" aria-label="Programs">
          {programs.map((program) => (
            <li key={program.id}>
              <button
                type="button"
                data-program={program.id}
                onClick={() => void ask('chooseProgram', { program: program.id })}
              >
                <strong>{programName(program, programs)}</strong>
                <span>{programHint(program)}</span>
              </button>
            </li>
          ))}
        </ul>
        <div className="empty-actions">
          <button type="button" className="button" onClick={() => void askApp('openWorkspace', {})}>
            Open another workspace…
          </button>
        </div>
      </section>
    </main>
  );
}
