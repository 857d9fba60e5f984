import { IconWarn } from '../../ui/icons.tsx';

/** What a change may break: read before it is agreed to. */
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
