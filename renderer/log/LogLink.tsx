import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { ask, askApp } from '../state/actions.ts';

interface Props {
  readonly kind: 'url' | 'place';
  readonly text: string;
  readonly children: ReactNode;
}

/** A link to the web, which the system's browser opens, or a place in a source file, which the editor does. */
export function LogLink({ kind, text, children }: Props) {
  const follow = (event: MouseEvent | KeyboardEvent) => {
    event.stopPropagation();
    if (kind === 'url') void askApp('openLink', { url: text });
    else void ask('openPlace', { text });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an anchor would be a way for the page to leave itself
    <span
      role="link"
      className="log-link"
      data-kind={kind}
      tabIndex={-1}
      title={kind === 'url' ? `Open ${text} in the browser` : `Open ${text} in the editor`}
      onClick={(event) => {
        // What was dragged over was to be copied.
        if (getSelection()?.isCollapsed !== false) follow(event);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') follow(event);
      }}
    >
      {children}
    </span>
  );
}
