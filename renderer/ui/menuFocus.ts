/** Moves the focus among the items of a menu: by arrows, Home and End. @returns false for any other key. */
export function moveMenuFocus(root: HTMLElement | null, key: string): boolean {
  const items = [...(root?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  const at = items.findIndex((item) => item.matches(':focus'));
  const to = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at + items.length - 1) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  if (!(key in to)) return false;
  for (const [name, index] of Object.entries(to)) if (name === key) items[index]?.focus();
  return true;
}
