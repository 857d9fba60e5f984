import type { SetupReport } from '#shared/contract.ts';
import { needsNothing } from '../kinds.ts';
import { CHANGES_ID } from '../showChanges.ts';
import { AppliedSetup } from './AppliedSetup.tsx';
import { GitStatus } from './GitStatus.tsx';
import { Ways } from './Ways.tsx';

/** Shows what was set up and what can be, as far as it concerns files. */
export function Changes({ report }: { report: SetupReport }) {
  return (
    <section className="changes" aria-label="Changes">
      <h2 id={CHANGES_ID} tabIndex={-1}>
        {heading(report)}
      </h2>
      {report.applied === null ? null : <AppliedSetup applied={report.applied} />}
      <GitStatus git={report.git} />
      {report.ways.length === 0 ? (
        <p className="changes-none">{withoutWays(report)}</p>
      ) : (
        <Ways report={report} />
      )}
    </section>
  );
}

/** Why there is nothing to apply. */
function withoutWays({ applied, kind }: SetupReport): string {
  if (!needsNothing(kind?.kind ?? null)) return 'Nothing can be set up here. See the checks for the reason.';
  return applied === null
    ? 'Its modules can be swapped as they are.'
    : 'Its modules can be swapped without this setup: revert it, unless you know that it is needed.';
}

function heading({ applied, ways, kind }: SetupReport): string {
  if (applied !== null) return 'What was set up';
  if (ways.length === 0 && needsNothing(kind?.kind ?? null)) return 'Nothing needs to be set up';
  return ways.length > 0 && ways.every((way) => way.done)
    ? 'Nothing is left to set up'
    : 'What the setup changes';
}
