import { useEffect, useState } from 'react';
import { copyText } from '../terminal/clipboard.ts';
import { IconCheck, IconCopy } from './icons.tsx';

/** How long it says that it has copied, ms. */
const SAY_SO = 1500;

/** Puts a text on the clipboard, and says whether that worked. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState<string | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAY_SO);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => setSaid((await copyText(text)) ? 'Copied' : 'Could not copy');
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={`Copy ${what}`}
        title={`Copy ${what}`}
        onClick={() => void copy()}
      >
        {said === 'Copied' ? <IconCheck /> : <IconCopy />}
      </button>
      <span className="said" aria-live="polite">
        {said}
      </span>
    </>
  );
}
