import { useState } from 'react';
import type { FileDiff } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { DiffTable } from '../../ui/diff/DiffTable.tsx';
import { diffText } from '../../ui/diff/diffText.ts';
import { IconChevron } from '../../ui/icons.tsx';
import { filesAndLines } from './wayTexts.ts';
import './fileDiffs.css';

/** Shows what would change, file by file; each can be folded. */
export function FileDiffs({ files }: { files: readonly FileDiff[] }) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  if (files.length === 0) return null;
  const all = files.every(({ file }) => folded.has(file));
  const fold = (file: string): void => {
    const next = new Set(folded);
    if (!next.delete(file)) next.add(file);
    setFolded(next);
  };
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  return (
    <div className="diffs">
      <h3>
        {filesAndLines(files.length, lines)}
        <button
          type="button"
          className="link"
          onClick={() => setFolded(all ? new Set() : new Set(files.map(({ file }) => file)))}
        >
          {all ? 'Unfold all' : 'Fold all'}
        </button>
        <CopyButton text={files.map(diffText).join('')} what="diff" />
      </h3>
      <ul aria-label="Files">
        {files.map((diff) => (
          <FileItem
            key={diff.file}
            diff={diff}
            open={!folded.has(diff.file)}
            onFold={() => fold(diff.file)}
          />
        ))}
      </ul>
    </div>
  );
}

function FileItem({ diff, open, onFold }: { diff: FileDiff; open: boolean; onFold: () => void }) {
  const { file, lines, steps, dirty, hunks } = diff;
  return (
    <li className="diff-file" data-file={file}>
      <button type="button" className="diff-file-head" aria-expanded={open} onClick={onFold}>
        <IconChevron />
        <span className="diff-file-name">{file}</span>
        <span className="diff-file-lines">{count(lines, 'line')}</span>
        {dirty === null ? <span className="mark">not in git</span> : null}
        {dirty === true ? (
          <span className="mark" data-tone="warn" title="Reverting keeps them">
            has uncommitted changes
          </span>
        ) : null}
      </button>
      {open ? (
        <>
          {steps.length === 0 ? null : (
            <ul className="steps-of-file" aria-label={`Steps in ${file}`}>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ul>
          )}
          <DiffTable hunks={hunks} label={`Changes in ${file}`} />
        </>
      ) : null}
    </li>
  );
}
