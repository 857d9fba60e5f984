import { useState } from 'react';
import type { Applied, Conflict, Resolution } from '#shared/contract.ts';
import { count, plural } from '#shared/count.ts';
import { clock } from '#shared/time.ts';
import { useNow } from '../../ui/useNow.ts';
import { changeSetup, useSetup } from '../setupStore.ts';
import { showChanges } from '../showChanges.ts';
import { ConflictItem } from './ConflictItem.tsx';
import { Consent } from './Consent.tsx';
import { appliedTitle, filesAndLines } from './wayTexts.ts';

/** A choice counts only for the text that it was made on. */
interface Choice {
  readonly conflict: Conflict;
  readonly resolution: Resolution;
}

/** Shows what was set up here, and how to revert it. */
export function AppliedSetup({ applied }: { applied: Applied }) {
  const now = useNow(60_000);
  const [choices, setChoices] = useState<readonly Choice[]>([]);
  const { conflicts, files, lines, at } = applied;
  const chosen = new Map(
    conflicts.flatMap((conflict) => {
      const choice = choices.find((each) => isSame(each.conflict, conflict));
      return choice === undefined ? [] : [[conflict.file, choice.resolution] as const];
    }),
  );
  const choose = (conflict: Conflict, resolution: Resolution): void =>
    setChoices([...choices.filter((each) => each.conflict.file !== conflict.file), { conflict, resolution }]);
  return (
    <section className="applied" aria-label="Applied">
      <p className="applied-words">
        Set up {appliedTitle(applied)}, {clock(at, now)}: {filesAndLines(files.length, lines)}.
      </p>
      {files.length === 0 ? null : (
        <ul className="applied-files" aria-label="Files changed by the setup">
          {files.map((file) => (
            <li key={file} className="path">
              {file}
              {conflicts.some((conflict) => conflict.file === file) ? (
                <span className="mark" data-tone="warn">
                  edited since
                </span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {conflicts.length === 0 ? null : (
        <div className="conflicts">
          <h3>
            {count(conflicts.length, 'file was', 'files were')} edited since setup. What should happen to
            those edits?
          </h3>
          {conflicts.map((conflict) => (
            <ConflictItem
              key={conflict.file}
              conflict={conflict}
              choice={chosen.get(conflict.file) ?? null}
              onChoose={(resolution) => choose(conflict, resolution)}
            />
          ))}
        </div>
      )}
      <Revert applied={applied} chosen={chosen} />
    </section>
  );
}

const isSame = (a: Conflict, b: Conflict): boolean => a.file === b.file && a.current === b.current;

function Revert({ applied, chosen }: { applied: Applied; chosen: ReadonlyMap<string, Resolution> }) {
  const busy = useSetup((state) => state.busy);
  const open = applied.conflicts.length - chosen.size;
  const revert = async (): Promise<void> => {
    if (await changeSetup('revertSetup', { resolutions: Object.fromEntries(chosen) })) showChanges();
  };
  return (
    <Consent
      act={() => void revert()}
      whyNotApplicable={open === 0 ? null : `First choose what to do with ${count(open, 'file')}.`}
      note={revertWords(applied)}
    >
      {busy === 'revertSetup' ? 'Reverting…' : 'Revert'}
    </Consent>
  );
}

function revertWords({ files, conflicts }: Applied): string {
  if (files.length === 0) return 'Runs cargo without the setup’s arguments again.';
  const n = files.length - conflicts.length;
  if (n <= 0) return 'Applies your choice to each file.';
  const become = plural(n, 'file becomes what it was before', 'files become what they were before');
  return `${n} ${conflicts.length > 0 ? `other ${become}` : become}, byte for byte.`;
}
