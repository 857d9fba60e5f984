import type { Refusal } from '../../preload/contract.ts';
import { IconStop } from '../shell/icons.tsx';
import { count } from '../state/format.ts';

/** The files that are left alone, and why. */
export function Refusals({ refusals }: { refusals: readonly Refusal[] }) {
  if (refusals.length === 0) return null;
  return (
    <div className="refusals">
      <h3>{count(refusals.length, 'file is left alone', 'files are left alone')}</h3>
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
