import type { Check, SetupReport } from '#shared/contract.ts';
import { IconCheck, IconError, IconInfo, IconWarn } from '../../ui/icons.tsx';
import { changeSetup, useSetup } from '../setupStore.ts';
import { showChanges } from '../showChanges.ts';
import { actionWords, type CheckCard, type CheckState } from './checkGroups.ts';

/** Told by shape and word; color only repeats it. */
const STATES: Record<CheckState, { readonly word: string; readonly Icon: () => React.ReactNode }> = {
  problem: { word: 'Problem', Icon: IconError },
  warning: { word: 'Warning', Icon: IconWarn },
  unknown: { word: 'Unknown', Icon: IconInfo },
  ok: { word: 'OK', Icon: IconCheck },
};

/**
 * Shows one check, or several alike: open where there is something to do or to know, else a line that unfolds.
 */
export function CheckItem({ card, report }: { card: CheckCard; report: SetupReport }) {
  const [check, ...others] = card;
  if (others.length > 0) return <Several card={card} report={report} />;
  return (
    <li className="check" data-check={check.id} data-state={check.state}>
      {check.state === 'ok' ? (
        <Folded check={check} report={report} />
      ) : (
        <>
          <p className="check-head">
            <StateMark state={check.state} />
            <strong className="check-title">{check.title}</strong>
          </p>
          <p className="check-seen">{check.seen}</p>
          <More check={check} report={report} />
        </>
      )}
    </li>
  );
}

function Several({ card, report }: { card: CheckCard; report: SetupReport }) {
  const [first] = card;
  return (
    <li className="check" data-state={first.state}>
      <ul className="check-several">
        {card.map(({ id, state, title, seen }) => (
          <li key={id} data-check={id} data-state={state}>
            <StateMark state={state} />
            <span>
              <strong className="check-title">{title}</strong> <span className="check-brief">{seen}</span>
            </span>
          </li>
        ))}
      </ul>
      <More check={first} report={report} />
    </li>
  );
}

function Folded({ check, report }: { check: Check; report: SetupReport }) {
  return (
    <details>
      <summary className="check-head">
        <StateMark state={check.state} />
        <strong className="check-title">{check.title}</strong>
        <span className="check-glance">{check.seen}</span>
      </summary>
      <p className="check-seen">{check.seen}</p>
      <More check={check} report={report} />
    </details>
  );
}

function StateMark({ state }: { state: CheckState }) {
  const { word, Icon } = STATES[state];
  return (
    <span className="check-state">
      <Icon />
      {word}
    </span>
  );
}

function More({ check: { why, remedy, action }, report }: { check: Check; report: SetupReport }) {
  return (
    <>
      <p className="check-why">{why}</p>
      {remedy === null ? null : (
        <p className="check-remedy">
          <strong>What to do:</strong> {remedy}
        </p>
      )}
      {action === null ? null : <ActionButton action={action} report={report} />}
    </>
  );
}

function ActionButton({ action, report }: { action: NonNullable<Check['action']>; report: SetupReport }) {
  const busy = useSetup((state) => state.busy !== null);
  const act = (): void => {
    if (action.kind === 'apply') showChanges();
    else if (action.kind === 'use-toolchain')
      void changeSetup('useToolchain', { toolchain: action.toolchain });
    else void changeSetup('useLinker', { linker: action.linker });
  };
  return (
    <button
      type="button"
      className="button small"
      aria-disabled={busy && action.kind !== 'apply'}
      title={titleOf(action)}
      onClick={act}
    >
      {actionWords(action, report)}
    </button>
  );
}

function titleOf(action: NonNullable<Check['action']>): string {
  switch (action.kind) {
    case 'apply':
      return 'Show what the setup would change; nothing is changed yet';
    case 'use-toolchain':
      return `Run cargo with ${action.toolchain} in this workspace`;
    case 'use-linker':
      return `Use ${action.linker} to link this workspace`;
  }
}
