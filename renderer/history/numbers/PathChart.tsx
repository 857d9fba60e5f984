import type { LastPath, PathCrate } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { shortTime } from '#shared/duration.ts';
import { clock } from '#shared/time.ts';
import { useNow } from '../../ui/useNow.ts';
import { showRecord } from './numbersStore.ts';
import { pathSteps, pathText } from './numbersTexts.ts';

type LabelOf = (name: string) => string;

/** Draws what the latest build waited for: each crate as a bar in time, those on the critical path solid. */
export function PathChart({ path, labelOf }: { path: LastPath | null; labelOf: LabelOf }) {
  const now = useNow(60_000);
  if (path === null) {
    return (
      <Frame>
        <p className="figure-none">No build has compiled anything yet.</p>
      </Frame>
    );
  }
  const { crates, left, timed, took, at, id, outcome } = path;
  const failed = outcome === 'ok' ? '' : `, ${outcome}`;
  return (
    <Frame>
      <p className="path-words">
        <button type="button" className="link" title="Show on timeline" onClick={() => void showRecord(id)}>
          {clock(at, now)}, {shortTime(took)}
          {failed}
        </button>
        {timed && crates.length > 0 ? `: ${pathText(path, labelOf)}` : null}
      </p>
      {timed ? null : (
        <p className="figure-none">
          Start times of crates were not measured, so dependencies between them are unknown. Marks show when
          each crate finished.
        </p>
      )}
      <ol className="path-bars" aria-label="Crates of the last build">
        {crates.map((crate) => (
          <Bar key={crate.name} crate={crate} whole={Math.max(1, took)} labelOf={labelOf} />
        ))}
      </ol>
      {left > 0 ? <p className="figure-note">and {count(left, 'crate')} more, each faster</p> : null}
      {timed ? <Key crates={crates} /> : null}
    </Frame>
  );
}

const Frame = ({ children }: { children: React.ReactNode }) => (
  <section className="path-chart" aria-label="Critical path of the last build">
    <h4>Critical path of the last build</h4>
    {children}
  </section>
);

function Key({ crates }: { crates: LastPath['crates'] }) {
  const guessed = pathSteps(crates).some(({ after }) => after?.why === 'times');
  const linked = crates.some(({ link }) => link !== null && link > 0);
  return (
    <p className="figure-note path-key">
      <span className="key key-on" aria-hidden="true" /> on the critical path
      <span className="key key-off" aria-hidden="true" /> off the critical path
      {linked ? (
        <>
          <span className="key key-link" aria-hidden="true" /> linking (end of bar)
        </>
      ) : null}
      {guessed ? '. For crates that aren’t modules, dependencies are inferred from the times.' : ''}
    </p>
  );
}

function Bar({ crate, whole, labelOf }: { crate: PathCrate; whole: number; labelOf: LabelOf }) {
  const { name, began, ended, link, share, after } = crate;
  const percent = (ms: number): string => `${Math.min(100, Math.max(0, (ms / whole) * 100))}%`;
  const start = began ?? Math.max(0, ended - whole * 0.01);
  const waited = after === null ? '' : `; waited for ${labelOf(after.name)}`;
  const times = began === null ? `finished after ${shortTime(ended)}` : shortTime(ended - began);
  const linked = link === null || link <= 0 ? '' : `, of which linking ${shortTime(link)}`;
  const on = share === null ? '' : `; the build waited ${shortTime(share)} for it alone${waited}`;
  return (
    <li data-on={share !== null} title={`${name}: ${times}${linked}${on}`}>
      <span className="path-name">{labelOf(name)}</span>
      <span className="path-track" aria-hidden="true">
        <span className="path-bar" style={{ left: percent(start), width: percent(ended - start) }} />
        {link !== null && link > 0 ? (
          <span className="path-link" style={{ left: percent(ended - link), width: percent(link) }} />
        ) : null}
      </span>
      <span className="path-time">
        {times}
        <span className="offscreen">
          {linked}
          {on}
        </span>
      </span>
    </li>
  );
}
