import { count } from '#shared/count.ts';
import { ProblemItem } from './ProblemItem.tsx';
import type { CrateGroup, FileGroup } from './problemGroups.ts';

/** Lists a crate's problems, file by file. @param errors how many errors are shown in all. */
export function CrateItem({
  group: { crate, counts, files },
  errors,
}: {
  group: CrateGroup;
  errors: number;
}) {
  return (
    <li className="problem-crate">
      <h3>
        {crate ?? 'cargo'}
        <Counts {...counts} />
      </h3>
      <ul>
        {files.map((group) => (
          <FileItem key={group.file ?? ''} group={group} errors={errors} />
        ))}
      </ul>
    </li>
  );
}

function FileItem({ group: { file, problems }, errors }: { group: FileGroup; errors: number }) {
  return (
    <li className="problem-file">
      {file === null ? null : <h4>{file}</h4>}
      <ul>
        {problems.map((problem) => (
          <ProblemItem key={problem.id} problem={problem} errors={errors} />
        ))}
      </ul>
    </li>
  );
}

function Counts({ errors, warnings }: { errors: number; warnings: number }) {
  return (
    <span className="problem-counts">
      {errors === 0 ? null : <span data-level="error">{count(errors, 'error')}</span>}
      {warnings === 0 ? null : <span data-level="warning">{count(warnings, 'warning')}</span>}
    </span>
  );
}
