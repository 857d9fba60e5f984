import type { Applied, Way } from '#shared/contract.ts';
import { argumentLines, shellLine } from '#shared/shellQuote.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { IconCheck, IconInfo, IconWarn } from '../../ui/icons.tsx';
import { changeSetup, useSetup } from '../setupStore.ts';
import { showChanges } from '../showChanges.ts';
import { Consent } from './Consent.tsx';
import { FileDiffs } from './FileDiffs.tsx';
import { Refusals } from './Refusals.tsx';
import { Risks } from './Risks.tsx';
import { applyWords, proofWords, wayWords, whyNotApplicable } from './wayTexts.ts';

/** Shows one way in full: what it does, what cargo says about it, and what would change. */
export function WayPanel({ way, applied }: { way: Way; applied: Applied | null }) {
  return (
    <>
      <p className="way-words">{wayWords(way, applied)}</p>
      <Proof way={way} />
      <Refusals refusals={way.refusals} />
      <Risks risks={way.risks} />
      <Apply way={way} />
      <Arguments words={way.arguments} />
      <FileDiffs files={way.files} />
    </>
  );
}

function Apply({ way }: { way: Way }) {
  const busy = useSetup((state) => state.busy);
  const idle = whyNotApplicable(way);
  const apply = async (): Promise<void> => {
    if (await changeSetup('applySetup', { way: way.id, plan: way.plan })) showChanges();
  };
  return (
    <Consent act={() => void apply()} primary whyNotApplicable={idle}>
      {busy === 'applySetup' ? 'Applying…' : applyWords(way)}
    </Consent>
  );
}

function Proof({ way }: { way: Way }) {
  const { proof } = way;
  const proving = useSetup((state) => state.proving);
  const Icon = proof === null ? IconInfo : proof.holds ? IconCheck : IconWarn;
  const { begin, text } = proofWords(way, proving);
  return (
    <p className="proof" data-holds={proof?.holds ?? 'unknown'}>
      <Icon />
      <span>
        <strong>{begin}:</strong> {text}
      </span>
    </p>
  );
}

function Arguments({ words }: { words: readonly string[] }) {
  if (words.length === 0) return null;
  return (
    <div className="way-arguments">
      <h3>
        cargo gets <CopyButton text={shellLine(words)} what="cargo arguments" />
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keys */}
      <pre tabIndex={0}>{argumentLines(words).join('\n')}</pre>
    </div>
  );
}
