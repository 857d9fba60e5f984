import { useId, useRef } from 'react';
import { IconButton } from '../../ui/IconButton.tsx';
import { IconHelp } from '../../ui/icons.tsx';
import { KeySample } from './KeySample.tsx';
import { KEY_GROUPS } from './keyGroups.ts';
import './key.css';

const GAP = 6;

const GESTURES: readonly (readonly [string, string])[] = [
  ['Drag or scroll', 'move back and forth'],
  ['Ctrl+scroll or pinch', 'zoom'],
  ['Click', 'show details'],
  ['Double-click', 'zoom to fit'],
  ['Arrow keys', 'move between events and lanes'],
  ['Enter', 'open details; Esc: close'],
  ['+  −  0', 'zoom in, zoom out, show all'],
  ['Home, End', 'go to start; follow live'],
];

/** Shows, at the press of a button, what the marks of the timeline mean and how to move along it. */
export function MarksKey() {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLElement>(null);

  const place = (): void => {
    const [button, card] = [opener.current?.getBoundingClientRect(), box.current];
    if (button === undefined || card === null) return;
    const top = button.top - GAP - card.offsetHeight;
    card.style.top = `${Math.max(GAP, top)}px`;
    card.style.right = `${Math.max(GAP, window.innerWidth - button.right)}px`;
    card.focus();
  };

  return (
    <>
      <IconButton ref={opener} label="Timeline legend" title="Timeline legend" popoverTarget={id}>
        <IconHelp />
      </IconButton>
      <section
        ref={box}
        id={id}
        popover="auto"
        className="marks-key"
        aria-label="Timeline legend"
        tabIndex={-1}
        onToggle={(event) => {
          if (event.newState === 'open') place();
        }}
      >
        {KEY_GROUPS.map(({ name, marks }) => (
          <div key={name} className="key-group">
            <h3>{name}</h3>
            <ul>
              {marks.map(({ text, ...sample }) => (
                <li key={text}>
                  <KeySample sample={sample} />
                  {text}
                </li>
              ))}
            </ul>
          </div>
        ))}
        <dl className="key-gestures">
          {GESTURES.map(([gesture, does]) => (
            <div key={gesture}>
              <dt>{gesture}</dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
