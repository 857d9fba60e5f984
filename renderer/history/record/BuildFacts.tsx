import type { BuildRecord, ModuleGraph, Problem } from '#shared/contract.ts';
import { count, number } from '#shared/count.ts';
import { Fact } from '../../ui/Fact.tsx';
import { IconError, IconWarn } from '../../ui/icons.tsx';
import { lasted } from '../entryTexts.ts';
import { CrateBars } from './CrateBars.tsx';
import { FileLink, FileLinks } from './FileLinks.tsx';

const TRIGGERS: Readonly<Record<BuildRecord['trigger']['kind'], string>> = {
  edit: 'saved',
  asked: 'Build was clicked',
  start: 'starting the server',
  reload: 'needed for a reload',
  'set-up': 'the setup changed',
  elsewhere: 'files were replaced outside Hotdeck',
};

/** Lists what is known about a build. */
export function BuildFacts({ build, graph }: { build: BuildRecord; graph: ModuleGraph | null }) {
  const { trigger, outcome, took, waited, message, compiled, fresh, link, rebuilt, reasons, problems } =
    build;
  const labels = new Map(graph?.nodes.map(({ name, label }) => [name, label]));
  return (
    <>
      <dl className="facts">
        <Fact term="Because">
          {trigger.kind === 'edit' && trigger.files.length > 0 ? null : (
            <span>{trigger.kind === 'edit' ? trigger.text : TRIGGERS[trigger.kind]}</span>
          )}
          <FileLinks files={trigger.files} />
        </Fact>
        <Fact term={outcome === 'interrupted' ? 'Ran at least' : 'Took'}>
          {trigger.kind === 'elsewhere' ? 'not known' : lasted(took)}
          {link === null || link < 1 ? null : (
            <span className="record-note"> of which linking {lasted(link)}</span>
          )}
          {waited < 1 ? null : (
            <span className="record-note"> after waiting {lasted(waited)} for another cargo</span>
          )}
        </Fact>
        {message === null ? null : (
          <Fact term={outcome === 'interrupted' ? 'Interrupted' : 'Failed'}>{message}</Fact>
        )}
        {outcome === 'interrupted' ? null : (
          <>
            <Fact term={trigger.kind === 'elsewhere' ? 'Replaced' : 'Rebuilt'}>
              {rebuilt.length === 0 ? (
                <span className="none">no module</span>
              ) : (
                <ul className="record-lines">
                  {rebuilt.map((name) => (
                    <li key={name} title={name}>
                      {labels.get(name) ?? name}
                      {reasons[name] === undefined ? null : (
                        <span className="record-note"> {reasons[name]}</span>
                      )}
                    </li>
                  ))}
                </ul>
              )}
            </Fact>
            <Fact term="Crates">
              {count(compiled.length, 'crate')} compiled, {number(fresh.length)} fresh
              <CrateBars build={build} />
            </Fact>
          </>
        )}
      </dl>
      <OldProblems build={build} open={outcome === 'failed'} more={problems.errors + problems.warnings} />
    </>
  );
}

function OldProblems({ build, open, more }: { build: BuildRecord; open: boolean; more: number }) {
  const { list } = build.problems;
  if (list.length === 0) return null;
  return (
    <details className="old-problems" open={open}>
      <summary>{count(more, 'problem')}</summary>
      <ul aria-label="Problems of this build">
        {list.map((problem) => (
          <OldProblem key={problem.id} problem={problem} />
        ))}
      </ul>
      {more > list.length ? (
        <p className="record-note">{number(more - list.length)} more in the log.</p>
      ) : null}
    </details>
  );
}

function OldProblem({ problem: { level, message, code, file, line, column } }: { problem: Problem }) {
  const Icon = level === 'error' ? IconError : IconWarn;
  return (
    <li data-level={level}>
      <Icon />
      <div>
        <span className="offscreen">{level}: </span>
        {message}
        {code === null ? null : <code> {code}</code>}
        {file === null ? null : (
          <div>
            <FileLink file={file} line={line} column={line === null ? null : column} />
          </div>
        )}
      </div>
    </li>
  );
}
