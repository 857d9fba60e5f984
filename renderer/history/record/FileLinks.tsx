import type { ReactNode } from 'react';
import { ask } from '../../state/actions.ts';

/** A line of what is known. */
export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Files that open in the editor. @param place `:12:5`, where one is known. */
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

/** A list of sentences. */
export function Sentences({ name, lines }: { name: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Fact term={name}>
      <ul className="record-lines">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Fact>
  );
}

/** What a program wrote, as it is. */
export function Quoted({ name, lines }: { name: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Fact term={name}>
      <pre className="record-quote">{lines.join('\n')}</pre>
    </Fact>
  );
}
