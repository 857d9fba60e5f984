import type { BuildOutcome } from '../building/buildOutcome.ts';
import type { OutputStream } from '../logs/outputStream.ts';
import { isOtherKind } from '../workspace/kindReader.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Builds } from './builds/builds.ts';
import type { Linking } from './builds/linking.ts';
import type { Problems } from './builds/problems.ts';
import type { Definition } from './definition.ts';
import type { Looks } from './looks.ts';
import type { BuildMarks } from './modules/buildMarks.ts';
import type { Inventory } from './modules/inventory.ts';
import { brokenBy, ownersOf } from './modules/owners.ts';
import type { ConditionNotices } from './notices/conditionNotices.ts';
import { LockNotice } from './notices/lockNotice.ts';
import { type Notices, noticeOfBuildFailure } from './notices/notices.ts';
import type { Logbook } from './recording/logbook.ts';
import type { Foresight } from './reload/foresight.ts';
import type { ShownWorkspace } from './shownWorkspace.ts';
import type { SessionStore } from './store.ts';

interface Parts {
  readonly workspace: Workspace;
  readonly output: { readonly build: OutputStream };
  readonly store: SessionStore;
  readonly notices: Notices;
  readonly conditions: Pick<ConditionNotices, 'tellAdded'>;
  readonly inventory: Pick<Inventory, 'graph' | 'artifacts'>;
  readonly marks: BuildMarks;
  readonly foresight: Pick<Foresight, 'beginBuild' | 'endBuild' | 'noteArtifact'>;
  readonly logbook: Pick<Logbook, 'begin' | 'append' | 'end' | 'noteBuild'>;
  readonly definition: Pick<Definition, 'noteBuild'>;
  readonly looks: Pick<Looks, 'noteOwnFiles' | 'refresh'>;
  readonly shown: Pick<ShownWorkspace, 'reread' | 'rereadGraph'>;
  readonly problems: Pick<Problems, 'take'>;
  readonly linking: Pick<Linking, 'noteBuild'>;
  publish(): void;
}

/** Passes on what the session's builds do: to the state, the log, the modules' states and the notices. */
export function followBuilds(session: Parts, builds: Builds): void {
  const { store, marks, foresight, logbook, looks, notices } = session;
  const lockNotice = new LockNotice(notices);
  builds.on('state', (build) => store.set({ build }));
  builds.on('began', ({ trigger }) => {
    looks.noteOwnFiles();
    const edited = new Set(trigger.files.flatMap((file) => ownersOf(session.workspace, file)));
    const { graph, artifacts } = session.inventory;
    marks.begin(edited, graph.nodes, artifacts);
    notices.clear('build', 'link-trouble', 'added');
    foresight.beginBuild();
    logbook.begin('build');
    session.publish();
  });
  builds.on('event', (event) => lockNotice.note(event));
  builds.on('artifact', (name) => {
    marks.built(name);
    foresight.noteArtifact(name);
    void looks.refresh();
  });
  builds.on('record', (record, whole) => session.definition.noteBuild(record, whole));
  builds.on('cancelled', () => {
    marks.cancel();
    foresight.endBuild('cancelled');
    void logbook.end('build', 'cancelled');
    void looks.refresh();
  });
  builds.on('ended', () => lockNotice.close());
}

/** Shows what a build prints, and has it stored. */
export function printBuild({ output, logbook }: Pick<Parts, 'output' | 'logbook'>, text: string): void {
  output.build.push(text);
  logbook.append('build', Buffer.from(text));
}

/** Takes in what a build left: its problems, the new graph, the files on disk. */
export async function takeInBuild(
  session: Parts,
  outcome: Exclude<BuildOutcome, { kind: 'cancelled' }>,
): Promise<void> {
  const { workspace, marks, foresight, logbook, problems, notices, conditions, shown, linking } = session;
  marks.end(outcome.kind === 'ok' ? [] : brokenBy(workspace, outcome.problems));
  foresight.endBuild(outcome.kind);
  logbook.noteBuild(outcome.kind);
  void logbook.end('build', outcome.kind);
  await problems.take(outcome, outcome.began);
  if (outcome.kind === 'failed') {
    const isExplained = outcome.problems.some((problem) => problem.level === 'error');
    if (!isExplained) notices.add(noticeOfBuildFailure(outcome.message));
    conditions.tellAdded(outcome.problems);
  } else {
    notices.clear('set-up');
    if (isOtherKind(session.workspace)) await shown.reread();
    shown.rereadGraph();
  }
  await linking.noteBuild(outcome);
  await session.looks.refresh();
}
