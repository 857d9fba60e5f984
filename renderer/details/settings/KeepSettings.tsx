import type { Preferences } from '#shared/contract.ts';
import { NumberSetting } from './NumberSetting.tsx';

type Kept = Preferences['keepLogs'] | Preferences['keepHistory'];

interface Props {
  /** What is kept, in a word. */
  readonly what: string;
  readonly kept: Kept;
  /** The least and the most, as the contract has them. */
  readonly megabytes: readonly [number, number];
  readonly onChange: (kept: Kept) => void;
}

/** As the contract has it. */
const DAYS = [1, 3650] as const;

/** Sets how much of something is kept, and for how long. */
export const KeepSettings = ({ what, kept, megabytes, onChange }: Props) => (
  <>
    <NumberSetting
      label={`Keep ${what} up to`}
      unit="MB"
      value={kept.megabytes}
      limits={megabytes}
      onChange={(most) => onChange({ ...kept, megabytes: most })}
    />
    <NumberSetting
      label={`Keep ${what} for`}
      unit="days"
      value={kept.days}
      limits={DAYS}
      onChange={(days) => onChange({ ...kept, days })}
    />
  </>
);
