import { count } from '#shared/count.ts';
import { IconSetup } from '../ui/icons.tsx';
import { modifierKey } from '../ui/modifierKey.ts';
import { countOf } from './checks/checkGroups.ts';
import { showSetup, useSetup } from './setupStore.ts';

/** Opens the setup view, and shows how many problems were found. */
export function SetupButton({ className = 'button' }: { className?: string }) {
  const problems = useSetup((state) => countOf(state.checks, 'problem'));
  return (
    <button
      type="button"
      className={className}
      aria-label="Set up"
      aria-haspopup="dialog"
      aria-description={problems === 0 ? undefined : count(problems, 'problem')}
      title={`What this workspace needs before its modules can be swapped (${modifierKey()}+,)`}
      onClick={showSetup}
    >
      <IconSetup />
      Set up
      {problems === 0 ? null : (
        <span className="badge" data-tone="bad">
          {problems}
        </span>
      )}
    </button>
  );
}
