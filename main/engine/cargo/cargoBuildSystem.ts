import type { BuildSystem } from '../building/buildSystem.ts';
import type { Environment } from '../environment.ts';
import { isBuildRunning } from './buildLock.ts';
import { startCargoBuild } from './cargoBuild.ts';
import { readEarlierScripts } from './earlierScripts.ts';
import { linkTroubleOf } from './linkTrouble.ts';
import type { Packages } from './packages/packages.ts';
import type { Places } from './places.ts';
import { whysOfBuild } from './why/buildWhys.ts';
import { changesBetween, readInputs } from './why/inputs.ts';

/** The workspace, as far as building it takes. */
interface Built {
  root: string;
  packages: Pick<Packages, 'folders' | 'crates'>;
  /** Package names by cargo's package ids. */
  packageNames: ReadonlyMap<string, string>;
  targetDirectory: string;
  places: Places;
  buildArguments: readonly string[];
  buildEnvironment: Environment;
}

/** Makes cargo the build system of a workspace. */
export const cargoBuildSystem = (workspace: Built): BuildSystem => ({
  start: (follower) =>
    startCargoBuild({
      sources: {
        root: workspace.root,
        names: workspace.packageNames,
        members: workspace.packages.folders,
        target: workspace.targetDirectory,
      },
      arguments: workspace.buildArguments,
      env: workspace.buildEnvironment,
      placesKey: workspace.places.key,
      ...follower,
    }),
  isBuilding: (outputDirectory) => isBuildRunning([outputDirectory, workspace.places.buildDirectory]),
  linkTroubleOf,
  readEarlierBuild: () => readEarlierScripts(workspace.places, workspace.packages),
  readInputs: () => readInputs(workspace),
  changesBetween,
  whysOfBuild,
});
