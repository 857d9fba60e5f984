const BELOW_MS = /\.\d{3}(\d{1,6})/;

/** ms since the epoch, with a fraction where the text goes that far; null for none or what is no date. */
export function timeOf(text: string | null): number | null {
  if (text === null) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  const fraction = BELOW_MS.exec(text)?.[1];
  return fraction === undefined ? ms : ms + Number(`0.${fraction}`);
}
