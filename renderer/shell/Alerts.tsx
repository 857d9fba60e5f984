import type { Notice } from '#shared/contract.ts';
import { ask, askApp } from '../state/actions.ts';
import { dropFailure, useWindow } from '../state/store.ts';
import { Alert } from '../ui/Alert.tsx';
import { carryOutNotice } from './noticeActions.ts';

const WORDS: Record<Notice['actions'][number], string> = {
  'reload-anyway': 'Reload anyway',
  'send-anyway': 'Send it anyway',
  restart: 'Restart the server',
  start: 'Start the server',
  build: 'Build now',
  'open-workspace': 'Open workspace\u2026',
  'try-linker': 'Try another linker',
  'resume-watch': 'Resume',
  'enable-features': 'Turn on',
};

/** Shows everything that calls for attention, in one strip below the toolbar. */
export function Alerts() {
  const app = useWindow((state) => state.app);
  const failed = useWindow((state) => state.failed);
  const notices = useWindow((state) => (state.engine?.name === 'open' ? state.engine.session.notices : null));
  return (
    <div className="alerts">
      {app === null || app.engine.name === 'running' ? null : (
        <Alert severity={app.engine.name === 'failed' ? 'error' : 'warning'} message={app.engine.message}>
          {app.engine.name === 'failed' ? (
            <button type="button" className="button small" onClick={() => void askApp('restartEngine', {})}>
              Restart the engine
            </button>
          ) : null}
        </Alert>
      )}
      {app?.limitation == null ? null : <Alert role="note" severity="info" message={app.limitation} />}
      {failed.map(({ request, failure }) => (
        <Alert
          key={`request ${request}`}
          severity={failure.kind === 'not-now' ? 'info' : 'error'}
          message={failure.message}
          remedy={failure.remedy}
          onDismiss={() => dropFailure(request)}
        />
      ))}
      {notices?.map((notice) => (
        <Alert
          key={`notice ${notice.id}`}
          severity={notice.severity}
          message={notice.message}
          remedy={notice.remedy}
          onDismiss={() => void ask('dismissNotice', { noticeId: notice.id })}
        >
          {notice.actions.map((action) => (
            <button
              key={action}
              type="button"
              className="button small"
              onClick={() => void carryOutNotice(notice, action)}
            >
              {action === 'try-linker' && notice.linker !== undefined
                ? `Try ${notice.linker}`
                : WORDS[action]}
            </button>
          ))}
        </Alert>
      ))}
    </div>
  );
}
