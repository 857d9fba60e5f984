import { ask } from '../../state/actions.ts';

/** Lists files that open in the editor. @param place `:12:5`, where one is known. */
export function FileLinks({ files }: { files: readonly string[] }) {
  return (
    <ul className="record-files">
      {files.map((file) => (
        <li key={file}>
          <FileLink file={file} />
        </li>
      ))}
    </ul>
  );
}

/** Opens a file in the editor, at a place where one is known. */
export function FileLink({
  file,
  line,
  column,
}: {
  file: string;
  line?: number | null;
  column?: number | null;
}) {
  const at = [line, column].flatMap((part) => (part == null ? [] : [part]));
  return (
    <button
      type="button"
      className="link path"
      title="Open in the editor"
      onClick={() => void ask('openPlace', { text: [file, ...(at.length === 0 ? [1] : at)].join(':') })}
    >
      {[file, ...at].join(':')}
    </button>
  );
}
