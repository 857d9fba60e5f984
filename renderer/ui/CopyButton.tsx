import { copyText } from './clipboard.ts';
import { IconButton } from './IconButton.tsx';
import { IconCheck, IconCopy } from './icons.tsx';
import { useBriefMessage } from './useBriefMessage.ts';

/** Puts a text on the clipboard, and says whether that worked. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [said, say] = useBriefMessage();
  const copy = async () => say((await copyText(text)) ? 'Copied' : 'Could not copy');
  return (
    <>
      <IconButton label={`Copy ${what}`} title={`Copy ${what}`} onClick={() => void copy()}>
        {said === 'Copied' ? <IconCheck /> : <IconCopy />}
      </IconButton>
      <span className="said" aria-live="polite">
        {said}
      </span>
    </>
  );
}
