import { join } from 'node:path';
import type { Check } from '#shared/contract.ts';
import { messageOf } from '../../result.ts';
import { readCargoConfig } from '../../rust/cargoConfig.ts';
import { askedProfile, placeFor } from '../../rust/cargoPlaces.ts';
import { cargoSettings } from '../../rust/cargoSettings.ts';
import { hostTriple } from '../../rust/host.ts';
import { tableAt, textAt } from '../../rust/toml.ts';
import { readSettingsFile } from '../../workspace/settingsFile.ts';
import type { Seen } from '../look.ts';
import { readManifests } from '../machine/manifests.ts';
import { builtCheck, gatherBuilt } from './built.ts';
import { about } from './check.ts';
import { clashChecks, clashFacts } from './clashes.ts';
import { diskCheck, gatherDisk } from './diskSpace.ts';
import { gatherFamily } from './familyFacts.ts';
import { familySourceChecks } from './familySource.ts';
import { featureCheck, featureFacts } from './feature.ts';
import { flagsCheck } from './flags.ts';
import type { Scene } from './input.ts';
import { kindOfScene, needOf, reloadFeatureOf } from './kind.ts';
import { gatherLibraryPath, libraryPathCheck } from './libraryPath.ts';
import { gatherLinkers, linkerChecks } from './linker.ts';
import { moduleOrderChecks } from './moduleOrder.ts';
import { gatherPlatform, platformCheck } from './platform.ts';
import { profileOf } from './profile.ts';
import { settingsChecks } from './settings.ts';
import { stepChecks } from './steps.ts';
import { toolchainChecks } from './toolchain.ts';
import type { ToolchainCheckFacts } from './toolchainFacts.ts';

/**
 * Looks at everything that has to be right before modules can be swapped. It changes nothing, builds nothing and installs
 * nothing, and never fails: what can't be looked at is `unknown`.
 */
export async function runChecks(seen: Seen): Promise<Check[]> {
  const settings = await readSettingsFile(seen.root);
  const scene = await readScene(seen, settings.ok ? (settings.value.build?.arguments ?? []) : []);
  const feature = featureFacts(scene);
  const clashes = clashFacts(scene);
  const profile = profileOf(scene);
  const kind = kindOfScene(scene);
  const groups = await Promise.all([
    guarded('platform', 'platform', async () => [platformCheck(await gatherPlatform(scene))]),
    guarded('disk', 'platform', async () => [diskCheck(await gatherDisk(scene))]),
    toolchainChecks(toolchainFacts(scene)),
    settingsChecks({ settings, failure: scene.failure, brokenConfig: scene.brokenConfig }),
    kind === null ? [] : [kind],
    reloadFeatureOf(scene),
    stepChecks(seen.plan, seen.choices, needOf(scene)),
    feature === null ? [] : [featureCheck(feature)],
    profile === null ? [] : [profile],
    [flagsCheck({ kind: seen.plan.kind, used: scene.cargo.flags, unused: scene.cargo.unused })],
    guarded('family', 'workspace', async () => {
      const family = await gatherFamily(scene);
      return family === null
        ? []
        : [...familySourceChecks(family.source), ...moduleOrderChecks(family.order)];
    }),
    guarded('linker', 'linker', async () => linkerChecks(await gatherLinkers(scene), scene.plan.kind)),
    clashes === null ? [] : clashChecks(clashes),
    guarded('library-path', 'server', async () => [libraryPathCheck(await gatherLibraryPath(scene))]),
    guarded('built', 'server', async () => {
      const built = await gatherBuilt(scene);
      return built === null ? [] : [builtCheck(built)];
    }),
  ]);
  return groups.flat().toSorted((one, other) => GROUPS.indexOf(one.group) - GROUPS.indexOf(other.group));
}

const GROUPS: readonly Check['group'][] = ['platform', 'toolchain', 'workspace', 'linker', 'server'];

/** One check that trips must not take the others along. */
async function guarded(id: string, group: Check['group'], look: () => Promise<Check[]>): Promise<Check[]> {
  try {
    return await look();
  } catch (error) {
    const check = about({ id, group, title: id, why: 'It could not be looked at.' });
    return [check.unknown(`${messageOf(error)}.`)];
  }
}

async function readScene(seen: Seen, settingsArguments: readonly string[]): Promise<Scene> {
  const { root, env, files, choices, toolchains, opened } = seen;
  const workspace = opened.ok ? opened.value : null;
  const buildArguments = workspace?.buildArguments ?? settingsArguments;
  // An open workspace has what was chosen among its arguments already.
  const allArguments = workspace === null ? [...buildArguments, ...choices.flags] : buildArguments;
  const config = await readCargoConfig(root, env, allArguments);
  const host = toolchains.kind === 'rustup' || toolchains.kind === 'plain' ? toolchains.host : hostTriple([]);
  const cargo = cargoSettings(config.files, env, { host, cwd: root }, allArguments);
  const targetDirectory = cargo.targetDirectory ?? join(root, 'target');
  return {
    ...seen,
    workspace,
    failure: opened.ok ? null : opened.failure,
    manifests: readManifests(files),
    cargo,
    brokenConfig: config.broken,
    buildArguments,
    outputDirectory:
      workspace?.outputDirectory ?? placeFor(targetDirectory, cargo.target, askedProfile(allArguments)),
  };
}

function toolchainFacts({ toolchains, plan, manifests, env }: Scene): ToolchainCheckFacts {
  const [root] = manifests.filter((each) => each.file === 'Cargo.toml');
  const shared = tableAt(tableAt(root?.table ?? {}, 'workspace'), 'package');
  const own = tableAt(root?.table ?? {}, 'package');
  return {
    toolchains,
    needed: plan.toolchain,
    rustVersion: textAt(shared, 'rust-version') ?? textAt(own, 'rust-version'),
    bootstrap: env.RUSTC_BOOTSTRAP === '1',
  };
}
