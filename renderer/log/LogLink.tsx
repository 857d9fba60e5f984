import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { ask, askApp } from '../state/actions.ts';

interface Props {
  readonly kind: 'url' | 'place';
  readonly text: string;
  readonly children: ReactNode;
}

/** Opens a web address in the system's browser, or a source location in the editor. */
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
