/**
 * Returns the first line of the record that is at some place of a list on screen; null where there is none.
 * @param part of the list's height: 0 for its top, 1 for its bottom.
 */
export function lineInView(scroller: Element | null, part: number): number | null {
  if (scroller === null) return null;
  const { top, height } = scroller.getBoundingClientRect();
  const at = top + part * height;
  let nearest: HTMLElement | null = null;
  for (const row of scroller.querySelectorAll<HTMLElement>('[data-line]')) {
    if (nearest !== null && row.getBoundingClientRect().top > at) break;
    nearest = row;
  }
  return nearest === null ? null : Number(nearest.dataset.line);
}
