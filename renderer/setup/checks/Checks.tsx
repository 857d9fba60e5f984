import type { SetupReport } from '#shared/contract.ts';
import { CheckItem } from './CheckItem.tsx';
import { groupChecks } from './checkGroups.ts';
import './checks.css';

/** Lists the checks in groups, the worst first. */
export function Checks({ report }: { report: SetupReport }) {
  return (
    <section className="checks" aria-label="Checks">
      <h2>Checks</h2>
      {groupChecks(report.checks).map(({ id, title, cards }) => (
        <div key={id} className="check-group">
          <h3 id={`checks-${id}`}>{title}</h3>
          <ul aria-labelledby={`checks-${id}`}>
            {cards.map((card) => (
              <CheckItem key={card[0].id} card={card} report={report} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
