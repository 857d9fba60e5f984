import { IconWarn } from '../../ui/icons.tsx';

/** Lists what a change may break, to be read before agreeing to it. */
export function Risks({ risks }: { risks: readonly string[] }) {
  if (risks.length === 0) return null;
  return (
    <ul className="risks" aria-label="Risks">
      {risks.map((risk) => (
        <li key={risk}>
          <IconWarn />
          <span>{risk}</span>
        </li>
      ))}
    </ul>
  );
}
