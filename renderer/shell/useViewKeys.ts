import { type RefObject, useEffect } from 'react';
import { changeFontSize, toggleView } from '../state/display.ts';
import { streamOf, useWindow } from '../state/store.ts';
import { carryOutCommand } from './commands.ts';

const SIZES: ReadonlyMap<string, -1 | 0 | 1> = new Map([
  ['=', 1],
  ['+', 1],
  ['-', -1],
  ['0', 0],
]);

/**
 * Handles the keys of the tabs: F8 goes to the next problem, with Shift to the previous one. Ctrl+L switches between
 * log and terminal. Ctrl with +, - and 0 changes the size of their text while the focus is in them; elsewhere these
 * keys are the menu's, which change the size of everything.
 */
export function useViewKeys(section: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F8' && !(event.ctrlKey || event.metaKey || event.altKey)) {
        event.preventDefault();
        carryOutCommand(event.shiftKey ? 'previous-problem' : 'next-problem');
        return;
      }
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const stream = streamOf(useWindow.getState().tab);
      const inside = event.target instanceof Node && section.current?.contains(event.target) === true;
      const size = SIZES.get(event.key);
      if (event.key.toLowerCase() === 'l' && !event.shiftKey && stream !== null) toggleView(stream);
      else if (size !== undefined && inside && stream !== null) changeFontSize(size);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [section]);
}
