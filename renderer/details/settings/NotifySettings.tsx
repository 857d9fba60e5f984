import type { Preferences } from '#shared/contract.ts';
import { Switch } from '../../ui/Switch.tsx';

interface Props {
  readonly chosen: Preferences['notify'];
  readonly onChange: (notify: Preferences['notify']) => void;
}

const KINDS = [
  { kind: 'build', label: 'A build fails', title: 'Report it with its first error' },
  { kind: 'crash', label: 'The server crashes', title: 'Report it with its signal or exit code' },
  { kind: 'reload', label: 'A reload goes wrong', title: 'Report one that is stuck, partial or timed out' },
] as const;

/** Chooses what desktop notifications report. */
export function NotifySettings({ chosen, onChange }: Props) {
  return (
    <fieldset className="notify">
      <legend>Notify me while I look elsewhere, when</legend>
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
