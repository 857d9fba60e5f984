import type { Refusal } from '#shared/contract.ts';
import { IconStop } from '../../ui/icons.tsx';

/** Lists the files that can't be edited, and why. */
export function Refusals({ refusals }: { refusals: readonly Refusal[] }) {
  if (refusals.length === 0) return null;
  return (
    <div className="refusals">
      <h3>{'Can’t be edited'}</h3>
      <ul aria-label="Refusals">
        {refusals.map(({ file, failure }) => (
          <li key={`${file} ${failure.kind}`} className="refusal" data-file={file}>
            <IconStop />
            <p>
              <span className="path">{file}</span> {failure.message}
              {failure.remedy === null ? null : <span className="refusal-remedy"> {failure.remedy}</span>}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
