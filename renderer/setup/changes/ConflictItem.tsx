import { useId, useMemo } from 'react';
import type { Conflict, Resolution } from '#shared/contract.ts';
import { DiffTable } from '../../ui/diff/DiffTable.tsx';
import { ThreeWay } from './ThreeWay.tsx';
import { hunksOf, resolvedText } from './threeWayRows.ts';
import './conflict.css';

const RESOLUTIONS: readonly Resolution[] = ['merged', 'original', 'current'];

interface Props {
  readonly conflict: Conflict;
  readonly choice: Resolution | null;
  readonly onChoose: (choice: Resolution) => void;
}

/** Shows a file that was edited since the setup, and asks what is to become of it. */
export function ConflictItem({ conflict, choice, onChoose }: Props) {
  const name = useId();
  return (
    <div className="conflict" data-file={conflict.file}>
      <h4 className="path">{conflict.file}</h4>
      <ThreeWay conflict={conflict} />
      <fieldset className="resolutions">
        <legend>Revert to</legend>
        {RESOLUTIONS.map((resolution) => (
          <label key={resolution}>
            <input
              type="radio"
              name={name}
              value={resolution}
              checked={choice === resolution}
              disabled={resolvedText(conflict, resolution) === undefined}
              onChange={() => onChoose(resolution)}
            />
            <span>
              <strong>{TITLES[resolution]}</strong> {words(resolution, conflict)}
            </span>
          </label>
        ))}
      </fieldset>
      {choice === null ? null : <Outcome conflict={conflict} choice={choice} />}
    </div>
  );
}

const TITLES: Record<Resolution, string> = { merged: 'Merged', original: 'Original', current: 'As it is' };

function words(resolution: Resolution, { original, current, merged }: Conflict): string {
  switch (resolution) {
    case 'merged':
      return merged === null
        ? 'not possible: the setup and later edits touch the same lines.'
        : 'undoes the setup and keeps later edits.';
    case 'original':
      return original === null
        ? 'removes the file, which did not exist before the setup.'
        : 'restores the file from before the setup; later edits are lost.';
    case 'current':
      return current === null
        ? 'leaves it removed.'
        : 'leaves the file alone, including the setup’s changes.';
  }
}

function Outcome({ conflict, choice }: { conflict: Conflict; choice: Resolution }) {
  const after = resolvedText(conflict, choice) ?? null;
  const hunks = useMemo(() => hunksOf(conflict.current, after), [conflict.current, after]);
  if (hunks.length === 0) return <p className="outcome">Nothing changes in this file.</p>;
  return (
    <div className="outcome">
      <p>Changes to the current file:</p>
      <DiffTable hunks={hunks} label={`What reverting changes in ${conflict.file}`} />
    </div>
  );
}
