import type { BuildRecord, CompiledCrate } from '#shared/contract.ts';
import { lasted } from '../entryTexts.ts';

/** More crates than this are folded: the longest ones stay. */
const MOST = 40;

/** Lists the crates that were compiled, each with a bar that shows when. */
export function CrateBars({ build }: { build: BuildRecord }) {
  const { compiled, took } = build;
  if (compiled.length === 0) return null;
  const shown = longest(compiled);
  return (
    <>
      <ol className="crate-bars" aria-label="Crates">
        {shown.map((crate) => (
          <Bar key={`${crate.name} ${crate.ended}`} crate={crate} whole={Math.max(1, took)} />
        ))}
      </ol>
      {shown.length < compiled.length ? (
        <p className="record-note">and {compiled.length - shown.length} more, each faster</p>
      ) : null}
    </>
  );
}

function Bar({ crate: { name, began, ended, took, link }, whole }: { crate: CompiledCrate; whole: number }) {
  const end = ended ?? whole;
  // Of one whose beginning nobody saw it is known when it was done.
  const start = began ?? Math.max(0, end - whole * 0.008);
  const percent = (ms: number): string => `${Math.min(100, Math.max(0, (ms / whole) * 100))}%`;
  const time = took === null ? (ended === null ? '' : `finished after ${lasted(ended)}`) : lasted(took);
  const linked = link === null || link <= 0 ? '' : `, of which linking ${lasted(link)}`;
  return (
    <li title={`${name}: ${time}${linked}`}>
      <span className="crate-name">{name}</span>
      <span className="crate-track" aria-hidden="true">
        <span
          className="crate-bar"
          data-known={began !== null && ended !== null}
          style={{ left: percent(start), width: percent(end - start) }}
        />
        {link !== null && link > 0 ? (
          <span className="crate-link" style={{ left: percent(end - link), width: percent(link) }} />
        ) : null}
      </span>
      <span className="crate-time">
        {time}
        <span className="offscreen">{linked}</span>
      </span>
    </li>
  );
}

function longest(compiled: readonly CompiledCrate[]): readonly CompiledCrate[] {
  if (compiled.length <= MOST) return compiled;
  const kept = new Set([...compiled].sort((a, b) => (b.took ?? 0) - (a.took ?? 0)).slice(0, MOST));
  return compiled.filter((crate) => kept.has(crate));
}
