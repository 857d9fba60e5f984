import type { KeyboardEvent } from 'react';

/** What the keys do while the list has the focus. */
export interface ListActions {
  /** Moves the selection to the next record, or to the one before. */
  move(step: 1 | -1): void;
  /** Shows all of the selected record, or no longer. */
  toggle(): void;
  /** Closes the selected record; gives false where nothing was selected. */
  leave(): boolean;
  toBegin(): void;
  toEnd(): void;
  /** Scrolls by pages. */
  page(step: 1 | -1): void;
  /** To the next mark of a reload, or the one before. */
  toReload(forward: boolean): void;
  toggleSinceReload(): void;
  /** Copies the selected record; gives false where there is none. */
  copy(): boolean;
}

/** Returns the key handler of the list. */
export function listKeys(actions: ListActions): (event: KeyboardEvent) => void {
  return (event) => {
    const { key, altKey, metaKey, ctrlKey } = event;
    if (altKey || isOwn(event)) return;
    const ctrl = ctrlKey || metaKey;
    if (ctrl && key.toLowerCase() === 'c' && !event.shiftKey) {
      if (getSelection()?.isCollapsed === false || !actions.copy()) return;
    } else if (ctrl) return;
    else if (!plain(key, actions)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** Carries out a key; false: it is none of the list's. */
function plain(key: string, actions: ListActions): boolean {
  switch (key) {
    case 'ArrowDown':
      actions.move(1);
      return true;
    case 'ArrowUp':
      actions.move(-1);
      return true;
    case 'Enter':
    case ' ':
      actions.toggle();
      return true;
    case 'Escape':
      return actions.leave();
    case 'Home':
      actions.toBegin();
      return true;
    case 'End':
      actions.toEnd();
      return true;
    case 'PageDown':
      actions.page(1);
      return true;
    case 'PageUp':
      actions.page(-1);
      return true;
    case '[':
      actions.toReload(false);
      return true;
    case ']':
      actions.toReload(true);
      return true;
    case 'l':
    case 'L':
      actions.toggleSinceReload();
      return true;
    default:
      return false;
  }
}

/** Whether the key belongs to a button or a link inside the list. */
function isOwn({ key, target }: KeyboardEvent): boolean {
  return (
    (key === 'Enter' || key === ' ') &&
    target instanceof Element &&
    target.closest('button, [role="link"]') !== null
  );
}
