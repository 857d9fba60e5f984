import { useId } from 'react';
import { useSession } from '../../state/store.ts';
import { Fact } from '../../ui/Fact.tsx';

/** The first that is installed. */
const FIRST = '';

/**
 * Chooses the editor that opens source locations.
 * @param chosen its id; null for the first that is installed.
 */
export function EditorSetting({
  chosen,
  onChange,
}: {
  chosen: string | null;
  onChange: (editor: string | null) => void;
}) {
  const id = useId();
  const editors = useSession((session) => session.editors);
  const command = useSession((session) => session.workspace.settings.find(isEditor)?.value ?? null);
  const [first] = editors;
  const missing = chosen !== null && editors.every((editor) => editor.id !== chosen);
  return (
    <Fact term={<label htmlFor={id}>Editor</label>} setting>
      {command !== null ? (
        <span>set in hotdeck.json for this workspace</span>
      ) : first === undefined ? (
        <span>none found: install one, or set one in hotdeck.json</span>
      ) : (
        <select
          id={id}
          className="field"
          value={chosen ?? FIRST}
          onChange={(event) => onChange(event.target.value === FIRST ? null : event.target.value)}
        >
          <option value={FIRST}>{first.name}(first installed)</option>
          {editors.map((editor) => (
            <option key={editor.id} value={editor.id}>
              {editor.name}
            </option>
          ))}
          {missing ? <option value={chosen}>{chosen}(not installed)</option> : null}
        </select>
      )}
    </Fact>
  );
}

const isEditor = ({ key, from }: { key: string; from: string }): boolean =>
  key === 'editor' && from === 'hotdeck.json';
