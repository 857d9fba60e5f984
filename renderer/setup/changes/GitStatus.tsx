import { useSetup } from '../setupStore.ts';

/** Shows git's status of the manifests: now, and before the last change that was made here. */
export function GitStatus({ git }: { git: readonly string[] | null }) {
  const changed = useSetup((state) => state.changed);
  if (changed === null) return <Status title="git status" lines={git} />;
  return (
    <div className="git-pair">
      <Status title="git status before" lines={changed.gitBefore} />
      <Status title={`git status after it was ${changed.did}`} lines={git} />
    </div>
  );
}

function Status({ title, lines }: { title: string; lines: readonly string[] | null }) {
  return (
    <div className="git">
      <h3>{title}</h3>
      {lines === null || lines.length === 0 ? (
        <p>{lines === null ? 'not in a git repository' : 'nothing to commit in the manifests'}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keys
        <pre tabIndex={0}>{lines.join('\n')}</pre>
      )}
    </div>
  );
}
