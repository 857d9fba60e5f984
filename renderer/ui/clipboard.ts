/**
 * Puts text on the clipboard. The app may refuse the asynchronous way; the old one, out of a field that nobody
 * sees, needs no permission.
 * @returns whether it worked.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByField(text);
  }
}

function copyByField(text: string): boolean {
  const before = document.activeElement;
  const field = document.createElement('textarea');
  field.className = 'offscreen';
  field.setAttribute('aria-hidden', 'true');
  field.value = text;
  // Outside of a dialog that is open nothing can be selected.
  (before?.closest('dialog') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
