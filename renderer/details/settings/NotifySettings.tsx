import type { Preferences } from '#shared/contract.ts';
import { Switch } from '../../ui/Switch.tsx';

interface Props {
  readonly chosen: Preferences['notify'];
  readonly onChange: (notify: Preferences['notify']) => void;
}

const KINDS = [
  { kind: 'build', label: 'A build fails', title: 'Includes the first error' },
  { kind: 'crash', label: 'The server crashes', title: 'Includes the signal or exit code' },
  { kind: 'reload', label: 'A reload goes wrong', title: 'When a reload is stuck, partial or times out' },
] as const;

/** Chooses what desktop notifications report. */
export function NotifySettings({ chosen, onChange }: Props) {
  return (
    <fieldset className="notify">
      <legend>Notify me in the background when</legend>
      {KINDS.map(({ kind, label, title }) => (
        <Switch
          key={kind}
          label={label}
          title={title}
          on={chosen[kind]}
          onChange={(on) => onChange({ ...chosen, [kind]: on })}
        />
      ))}
    </fieldset>
  );
}
