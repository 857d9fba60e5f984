import type { BuildRecord } from '../building/buildRecord.ts';
import { type PlacedFiles, placeFiles, runEnvironment } from '../cargo/places.ts';
import { ELSEWHERE, opensElsewhere } from './opensElsewhere.ts';
import type { Workspace } from './workspace.ts';

/** A workspace before it is known where its files are. */
export interface Unplaced
  extends Omit<
    Workspace,
    'program' | 'libraries' | 'files' | 'made' | 'outputDirectory' | 'serverEnvironment'
  > {
  program: Omit<Workspace['program'], 'file'>;
}

type Located = Pick<Unplaced, 'program' | 'packages' | 'places'>;

const OUTPUT_FOLDER = 'output folder';

/**
 * The workspace with its files where cargo put them, as far as the record of a build with the same settings says so;
 * the rest where the settings put it. Pure.
 */
export function placed(workspace: Unplaced, made: BuildRecord | null): Workspace {
  const { packages, program } = workspace;
  const files = locate(workspace, made);
  const folder = packages.folders.get(program.package) ?? null;
  return {
    ...workspace,
    settings: [
      ...workspace.settings.filter(({ key }) => key !== OUTPUT_FOLDER),
      { key: OUTPUT_FOLDER, value: files.outputDirectory, from: 'detected' },
    ],
    program: { ...program, file: files.program },
    libraries: files.libraries,
    remarks: [
      ...workspace.remarks.filter(({ kind }) => kind !== ELSEWHERE),
      ...opensElsewhere({ ...workspace, libraries: files.libraries }),
    ],
    files: byNode(program.node, files),
    made:
      made?.key === workspace.places.key
        ? made.artifacts.flatMap((each) => [
            ...each.files,
            ...(each.executable === null ? [] : [each.executable]),
          ])
        : [],
    outputDirectory: files.outputDirectory,
    serverEnvironment: runEnvironment(workspace, files, made, { package: program.package, folder }),
  };
}

/** The file of each node that is a library or the program; see Workspace.files. Pure. */
export const filesOf = (workspace: Located, made: BuildRecord | null): Map<string, string> =>
  byNode(workspace.program.node, locate(workspace, made));

const locate = ({ program, packages, places }: Located, made: BuildRecord | null): PlacedFiles =>
  placeFiles({ program, libraries: packages.libraries }, places, made);

const byNode = (program: string, files: PlacedFiles): Map<string, string> =>
  new Map([
    ...files.libraries.map(({ package: name, path }) => [name, path] as const),
    [program, files.program],
  ]);
