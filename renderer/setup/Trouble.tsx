import { Alert } from '../ui/Alert.tsx';
import { dropRefusal, refreshSetup, useSetup } from './setupStore.ts';

/** Says why there is no report, or why a request was not carried out. */
export function Trouble() {
  const failure = useSetup((state) => state.failure);
  const refused = useSetup((state) => state.refused);
  if (failure === null && refused === null) return null;
  return (
    <div className="setup-trouble">
      {refused === null ? null : (
        <Alert severity="error" message={refused.message} remedy={refused.remedy} onDismiss={dropRefusal} />
      )}
      {failure === null ? null : (
        <Alert severity="error" message={failure.message} remedy={failure.remedy}>
          <button type="button" className="button small" onClick={() => void refreshSetup()}>
            Look again
          </button>
        </Alert>
      )}
    </div>
  );
}
