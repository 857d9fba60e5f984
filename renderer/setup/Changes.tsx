import type { SetupReport } from '../../preload/contract.ts';
import { AppliedSetup } from './AppliedSetup.tsx';
import { CHANGES_ID } from './focus.ts';
import { GitStatus } from './GitStatus.tsx';
import { Ways } from './Ways.tsx';

/** What was set up, and what can be: all that concerns the files. */
export function Changes({ report }: { report: SetupReport }) {
  return (
    <section className="changes" aria-label="Changes">
      <h2 id={CHANGES_ID} tabIndex={-1}>
        {heading(report)}
      </h2>
      {report.applied === null ? null : <AppliedSetup applied={report.applied} />}
      <GitStatus git={report.git} />
      {report.ways.length === 0 ? (
        <p className="changes-none">Nothing can be set up here; the checks say why.</p>
      ) : (
        <Ways report={report} />
      )}
    </section>
  );
}

function heading({ applied, ways }: SetupReport): string {
  if (applied !== null) return 'What was set up';
  return ways.length > 0 && ways.every((way) => way.done)
    ? 'Nothing is left to set up'
    : 'What a set-up changes';
}
