import type { ModuleGraph, ReloadRecord, ReloadStep } from '#shared/contract.ts';
import { shortTime } from '#shared/duration.ts';
import { seenAtOnce } from '../../plan/reloadSteps.ts';
import { Fact } from '../../ui/Fact.tsx';
import { IconArrowDown, IconArrowUp } from '../../ui/icons.tsx';
import { lasted } from '../entryTexts.ts';
import { FileLinks } from './FileLinks.tsx';
import { Quoted, Sentences } from './TextFacts.tsx';

const CAUSES: Readonly<Record<ReloadRecord['cause'], string>> = {
  reload: 'Reload was clicked',
  terminal: 'key pressed in the terminal',
  'after-build': 'a build finished',
  self: 'the server reloads by itself',
  outside: 'triggered outside Hotdeck',
  late: 'late response to an earlier signal from Hotdeck',
};

/** Lists what is known about a reload. */
export function ReloadFacts({ reload, graph }: { reload: ReloadRecord; graph: ModuleGraph | null }) {
  const { cause, files, saved, waited, at, took, drain, firstAnswer, plan, steps, evidence, verdict } =
    reload;
  const labels = new Map(graph?.nodes.map(({ name, label }) => [name, label]));
  const label = (name: string): string => labels.get(name) ?? name;
  return (
    <>
      <p className="record-message">{reload.message}</p>
      <dl className="facts">
        <Fact term="Because">
          <span>{CAUSES[cause]}</span>
          <FileLinks files={files} />
        </Fact>
        <Fact term={verdict === 'interrupted' ? 'Ran at least' : 'Took'}>
          {lasted(took)}
          {saved === null || reload.verdict !== 'swapped' ? null : (
            <span className="record-note"> {lasted(at + took - saved - waited)} from the first save</span>
          )}
        </Fact>
        {drain === null ? null : <Fact term="Drain">{shortTime(drain)} to the first unload</Fact>}
        {firstAnswer === null ? null : <Fact term="First response">after {shortTime(firstAnswer)}</Fact>}
        <Fact term="Plan">
          <Order step="unload" names={plan.unload} reasons={plan.reasons} label={label} />
          <Order step="load" names={plan.load} reasons={{}} label={label} />
          {plan.unload.length + plan.load.length === 0 ? <span className="none">nothing</span> : null}
        </Fact>
        <Fact term={evidence === 'maps' ? 'Observed' : 'From the log'}>
          {verdict === 'interrupted' ? (
            <span className="none">not known</span>
          ) : (
            <Seen steps={steps} label={label} />
          )}
          {evidence === 'maps' && seenAtOnce(steps) ? (
            <p className="record-note">
              Steps with the same time were observed together; they are listed in the order of the server’s
              reload rule.
            </p>
          ) : null}
        </Fact>
        <Sentences name="Not swapped" lines={reload.stayed.map(label)} />
        <Sentences name="Deviations" lines={[...reload.deviations, ...reload.disagreements]} />
        <Quoted name="Last output" lines={reload.lines} />
        {reload.coreFile === null ? null : (
          <Fact term="Core file">
            <span className="path">{reload.coreFile}</span>
          </Fact>
        )}
      </dl>
    </>
  );
}

interface OrderProps {
  readonly step: ReloadStep['step'];
  readonly names: readonly string[];
  readonly reasons: Readonly<Record<string, string>>;
  label(name: string): string;
}

function Order({ step, names, reasons, label }: OrderProps) {
  if (names.length === 0) return null;
  const Arrow = step === 'unload' ? IconArrowUp : IconArrowDown;
  return (
    <div className="record-order" data-step={step}>
      <Arrow />
      <ol aria-label={step === 'unload' ? 'Planned unload order' : 'Planned load order'}>
        {names.map((name) => (
          <li key={name} title={reasons[name] ?? name}>
            {label(name)}
          </li>
        ))}
      </ol>
    </div>
  );
}

function Seen({ steps, label }: { steps: readonly ReloadStep[]; label(name: string): string }) {
  if (steps.length === 0) return <span className="none">no changes</span>;
  return (
    <ol className="record-steps" aria-label="Observed order">
      {steps.map(({ module, step, at }) => (
        <li key={`${module} ${step} ${at}`} data-step={step}>
          {step === 'unload' ? <IconArrowUp /> : <IconArrowDown />}
          <span>
            <span className="offscreen">{step} </span>
            {label(module)}
          </span>
          <span className="crate-time">{shortTime(at)}</span>
        </li>
      ))}
    </ol>
  );
}
