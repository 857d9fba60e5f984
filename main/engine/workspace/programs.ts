import type { Failure, ProgramChoice } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';
import { list } from '#shared/list.ts';
import type { Program } from '../cargo/packages/packages.ts';
import type { Remark } from './remark.ts';

/** The kind of what is said of a program that the build leaves out for its features. */
export const LACKS_FEATURES = 'required-features';

/** The name by which a window asks for a program. */
const programId = ({ package: name, binary, kind }: Pick<Program, 'package' | 'binary' | 'kind'>): string =>
  `${kind} ${name}/${binary}`;

/**
 * What may be run. Pure.
 * @param all the programs of all members; @param built those of what is built, whose features are those of the build.
 */
export function programChoices(
  all: readonly Program[],
  built: readonly Program[],
  chosen: Program | null,
): ProgramChoice[] {
  const known = new Map(built.map((each) => [programId(each), each]));
  return all.map((program) => {
    const id = programId(program);
    const { package: name, binary, kind, missing } = known.get(id) ?? program;
    return { id, package: name, binary, kind, missing, chosen: chosen !== null && id === programId(chosen) };
  });
}

/**
 * The features of a program as `--features` takes them: by themselves for the package that cargo runs in, where older
 * resolvers know no other form; with the package before them for any other. Pure.
 * @param isRoot the package lies in the folder that cargo is run in.
 */
export const asArguments = (name: string, features: readonly string[], isRoot: boolean): string[] =>
  features.map((feature) => (isRoot ? feature : `${name}/${feature}`));

const named = (features: readonly string[]): string =>
  `${plural(features.length, 'the feature', 'the features')} ${list(features)}`;

/** Why cargo does not build the program, and that the features can be turned on. Pure. */
const lackingFeatures = ({ binary, missing }: Pick<Program, 'binary' | 'missing'>): Failure => ({
  kind: LACKS_FEATURES,
  message: `cargo builds ${binary} only with ${named(missing)} (required-features in its manifest), and this build is without.`,
  remedy: `Turn ${plural(missing.length, 'it', 'them')} on: Hotdeck remembers that outside of the workspace. Or add "--features" to build.arguments in hotdeck.json.`,
});

/** The same, to be said when the workspace is opened; none where nothing is missing. */
export const featureRemarks = (program: Program): Remark[] =>
  program.missing.length === 0
    ? []
    : [
        {
          ...lackingFeatures(program),
          kind: LACKS_FEATURES,
          severity: 'warning',
          actions: ['enable-features'],
          program: programId(program),
        },
      ];
