import type { ReactNode } from 'react';
import { IconButton } from './IconButton.tsx';
import { IconClose, IconError, IconInfo, IconWarn } from './icons.tsx';
import './alert.css';

interface Props {
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly remedy?: string | null;
  readonly onDismiss?: () => void;
  /** `note` for what is always so and needs no announcing. */
  readonly role?: 'alert' | 'note';
  /** Buttons. */
  readonly children?: ReactNode;
}

const ICONS = { error: IconError, warning: IconWarn, info: IconInfo };

/** Tells the user something, what to do about it, and offers buttons for that. */
export function Alert({ severity, message, remedy, onDismiss, role = 'alert', children }: Props) {
  const Icon = ICONS[severity];
  // What follows the sentence on lines of its own is quoted: a server's last words, cargo's complaint.
  const [sentence, ...more] = message.split('\n');
  return (
    <div className="alert" role={role} data-severity={severity}>
      <Icon />
      <p className="alert-text">
        <strong>{sentence}</strong>
        {more.length === 0 ? null : <span className="alert-more">{more.join('\n')}</span>}
        {remedy === null || remedy === undefined ? null : <span> {remedy}</span>}
      </p>
      <div className="alert-actions">
        {children}
        {onDismiss === undefined ? null : (
          <IconButton label="Dismiss" title="Dismiss" onClick={onDismiss}>
            <IconClose />
          </IconButton>
        )}
      </div>
    </div>
  );
}
