import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { IconButton } from './IconButton.tsx';
import './menu.css';
import { moveMenuFocus } from './menuFocus.ts';

interface PopupItem {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly act: () => void;
}

interface Props {
  readonly label: string;
  readonly title: string;
  readonly disabled?: boolean;
  readonly items: readonly PopupItem[];
  /** What the button shows. */
  readonly children: ReactNode;
}

const GAP = 4;

/**
 * Draws a small button with a menu above everything else, for places where a menu would be cut off by its pane.
 */
export function PopupMenu({ label, title, disabled = false, items, children }: Props) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const place = () => {
    const button = opener.current?.getBoundingClientRect();
    const menu = list.current;
    if (button === undefined || menu === null) return;
    const height = menu.offsetHeight;
    const below = button.bottom + GAP + height <= window.innerHeight;
    menu.style.top = `${below ? button.bottom + GAP : Math.max(0, button.top - GAP - height)}px`;
    menu.style.right = `${window.innerWidth - button.right}px`;
    menu.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (moveMenuFocus(list.current, event.key)) event.preventDefault();
  };

  return (
    <>
      <IconButton
        ref={opener}
        label={label}
        aria-haspopup="menu"
        title={title}
        disabled={disabled}
        popoverTarget={id}
      >
        {children}
      </IconButton>
      <div
        ref={list}
        id={id}
        role="menu"
        aria-label={label}
        tabIndex={-1}
        popover="auto"
        className="popup-menu"
        onToggle={(event) => {
          if (event.newState === 'open') place();
        }}
        onKeyDown={onKeyDown}
      >
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className="menu-item"
            onClick={() => {
              list.current?.hidePopover();
              item.act();
            }}
          >
            <span className="menu-label">{item.label}</span>
            <span className="menu-hint">{item.hint}</span>
          </button>
        ))}
      </div>
    </>
  );
}
