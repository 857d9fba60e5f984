import { showSetup } from '../state/setup.ts';

/** Says that there is nothing to reload, and what can be done about it. */
export function NoModules() {
  return (
    <div className="no-modules">
      <p>
        <strong>This workspace has no modules yet.</strong> No library of it is built as a dylib that the
        server opens while it runs.
      </p>
      <button type="button" className="button small" aria-haspopup="dialog" onClick={showSetup}>
        Set it up
      </button>
    </div>
  );
}
