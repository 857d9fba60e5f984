import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './menu.css';
import { moveMenuFocus } from './menuFocus.ts';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly icon?: ReactNode;
  /** Begins a new part of the menu, under this heading. */
  readonly heading?: string;
  readonly act: () => void;
}

/** Draws a button that opens a menu; arrows move, Escape and a click elsewhere close. */
export function Menu({
  label,
  items,
  children,
}: {
  label: string;
  items: readonly MenuItem[];
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const away = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [open]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') return setOpen(false);
    else if (!moveMenuFocus(root.current, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu inside, which has its own roles
    <div ref={root} className="menu" onKeyDown={onKeyDown}>
      <button
        ref={opener}
        type="button"
        className="menu-opener"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open ? (
        <div id={id} role="menu" aria-label={label} className="menu-list">
          {items.map((item) => (
            <div key={item.id} role="none">
              {item.heading === undefined ? null : <div className="menu-heading">{item.heading}</div>}
              <button
                type="button"
                role="menuitem"
                tabIndex={-1}
                className="menu-item"
                title={item.hint}
                onClick={() => {
                  close();
                  item.act();
                }}
              >
                {item.icon}
                <span className="menu-label">{item.label}</span>
                {item.hint === undefined ? null : <span className="menu-hint">{item.hint}</span>}
              </button>
            </div>
          ))}
        </div>
      ) : null}
    </div>
  );
}
