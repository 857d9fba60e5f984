import type { EditRecord, ModuleGraph, ServerRecord } from '#shared/contract.ts';
import { list } from '#shared/list.ts';
import { Fact } from '../../ui/Fact.tsx';
import { lasted } from '../entryTexts.ts';
import { FileLinks } from './FileLinks.tsx';
import { Quoted } from './TextFacts.tsx';

const TERMS: Readonly<Record<ServerRecord['event'], string>> = {
  start: 'After',
  ready: 'Ready after',
  stop: 'Ran for',
  crash: 'Ran for',
  unseen: 'Ran at least',
};

/** Lists what is known about a start or an end of the server. */
export function ServerFacts({ server }: { server: ServerRecord }) {
  const { event, pid, life, code, signal, lines, coreFile } = server;
  return (
    <dl className="facts">
      <Fact term="Process">{pid}</Fact>
      {life === null ? null : <Fact term={TERMS[event]}>{lasted(life)}</Fact>}
      {event === 'unseen' ? (
        <Fact term="End">Not observed: Hotdeck was terminated, so nothing was watching the server.</Fact>
      ) : null}
      {signal === null ? null : <Fact term="Signal">{signal}</Fact>}
      {code === null ? null : <Fact term="Exit code">{code}</Fact>}
      <Quoted name="Last output" lines={lines} />
      {coreFile === null ? null : (
        <Fact term="Core file">
          <span className="path">{coreFile}</span>
        </Fact>
      )}
    </dl>
  );
}

/** Lists what is known about files that were saved together. */
export function EditFacts({ edit, graph }: { edit: EditRecord; graph: ModuleGraph | null }) {
  const labels = new Map(graph?.nodes.map(({ name, label }) => [name, label]));
  return (
    <dl className="facts">
      <Fact term="Saved">
        <FileLinks files={edit.files} />
      </Fact>
      <Fact term="Modules">
        {edit.owners.length === 0 ? (
          <span className="none">no module</span>
        ) : (
          list(edit.owners.map((name) => labels.get(name) ?? name))
        )}
      </Fact>
    </dl>
  );
}
