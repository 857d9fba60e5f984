import { fromWords, KINDS } from '../../setup/kinds.ts';
import { useSession } from '../../state/store.ts';
import { Fact } from '../../ui/Fact.tsx';
import { PreferenceSettings } from './PreferenceSettings.tsx';
import { ProgramSetting } from './ProgramSetting.tsx';

/** Shows how this workspace is run, and where each setting comes from. */
export function WorkspaceSettings() {
  const workspace = useSession((session) => session.workspace);
  return (
    <>
      <h2>How this workspace is run</h2>
      <p className="path">{workspace.root}</p>
      <p className="details-reason">
        Kind: {KINDS[workspace.kind.kind].title} ({fromWords(workspace.kind)}). {workspace.kind.evidence}{' '}
        Select a node to see its details.
      </p>
      <dl className="facts">
        {workspace.settings.map(({ key, value, from }) => (
          <Fact key={key} term={key} setting>
            <span className="setting-value">{value}</span>
            <span className="setting-from" data-from={from}>
              {from}
            </span>
          </Fact>
        ))}
      </dl>
      <ProgramSetting />
      <PreferenceSettings />
    </>
  );
}
