import { useId } from 'react';
import type { SetupReport } from '#shared/contract.ts';
import { changeSetup } from './setupStore.ts';

/** In a select: nothing is chosen. */
const DEFAULT = '';

/** Chooses the toolchain and the linker of this workspace. */
export function Choices({ report }: { report: SetupReport }) {
  const { toolchain, toolchains, linker, linkers } = report;
  const strangeLinker = linker !== null && linkers.every(({ id }) => id !== linker);
  return (
    <section className="choices" aria-label="Toolchain and linker">
      <h2>Toolchain and linker</h2>
      <Choice
        label="Toolchain"
        value={toolchain}
        onChange={(next) => void changeSetup('useToolchain', { toolchain: next })}
      >
        <option value={DEFAULT}>rustup’s default</option>
        {toolchains.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        {toolchain === null || toolchains.includes(toolchain) ? null : (
          <option value={toolchain}>{toolchain}, not installed</option>
        )}
      </Choice>
      <Choice
        label="Linker"
        value={linker}
        onChange={(next) => void changeSetup('useLinker', { linker: next })}
      >
        <option value={DEFAULT}>the compiler’s default</option>
        {linkers.map(({ id, version, worked }) => (
          <option key={id} value={id} disabled={version === null && id !== linker} title={version ?? ''}>
            {[id, ...(version === null ? ['not installed'] : []), ...(worked ? ['worked here'] : [])].join(
              ' · ',
            )}
          </option>
        ))}
        {strangeLinker ? <option value={linker}>{linker}</option> : null}
      </Choice>
      <LinkerVersions report={report} />
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  readonly children: React.ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="field"
        value={value ?? DEFAULT}
        onChange={(event) => onChange(event.target.value === DEFAULT ? null : event.target.value)}
      >
        {children}
      </select>
    </div>
  );
}

/** What is installed, as it calls itself. */
function LinkerVersions({ report: { linkers } }: { report: SetupReport }) {
  const installed = linkers.filter(({ version }) => version !== null);
  if (installed.length === 0) return <p className="choice-note">No linker was found.</p>;
  return (
    <ul className="linkers" aria-label="Installed linkers">
      {installed.map(({ id, version, worked }) => (
        <li key={id}>
          <span className="linker-id">{id}</span>
          <span className="linker-version">{version}</span>
          {worked ? (
            <span className="mark" data-tone="good">
              worked here
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
