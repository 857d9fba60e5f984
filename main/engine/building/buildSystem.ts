import type { BuildEvent } from './buildEvents.ts';
import type { RunningBuild } from './buildOutcome.ts';
import type { BuildRecord } from './buildRecord.ts';
import type { LinkTrouble } from './linkTrouble.ts';
import type { BuildFacts } from './why/buildFacts.ts';
import type { Cause, Found } from './why/cause.ts';
import type { BuildInputs } from './why/inputsFile.ts';

/** Who follows a build. */
interface BuildFollower {
  /** Text for the terminal view: progress and the compiler's words, with colors. */
  onOutput(text: string): void;
  /** A package is there. @param fresh it was so before. */
  onArtifact(packageName: string, fresh: boolean): void;
  /** What else is seen of it, as it happens. */
  onEvent(event: BuildEvent): void;
  /** It has ended: what it put where. @param whole it came to its end, so what it did not name it does not build. */
  onRecord(record: BuildRecord, whole: boolean): void;
}

/** What builds a workspace, with the settings that the workspace was read with. */
export interface BuildSystem {
  /** Starts a build. */
  start(follower: BuildFollower): RunningBuild;
  /**
   * Checks whether some program builds into the workspace's folders now; false where that can't be told.
   * @param outputDirectory where finished files are put.
   */
  isBuilding(outputDirectory: string): boolean;
  /**
   * Reads why a link failed out of what the compiler said, colors and all.
   * @returns null where no link failed, or where that is the program's own doing.
   */
  linkTroubleOf(words: readonly string[]): LinkTrouble | null;
  /** Reads what an earlier build, not one of Hotdeck's, left in the workspace's folders: outputs that the server's environment needs. */
  readEarlierBuild(): Promise<BuildRecord>;
  /** Reads what all packages are built with. */
  readInputs(): Promise<BuildInputs>;
  /** Compares what two builds were made with. @returns what differs, the likeliest first. Pure. */
  changesBetween(before: BuildInputs, after: BuildInputs): readonly Cause[];
  /** Works out why each package that a build compiled was compiled. Pure. */
  whysOfBuild(facts: BuildFacts): Map<string, Found>;
}
