import type { Check } from '#shared/contract.ts';
import { activeFeatures } from '../../rust/featureArguments.ts';
import { type Manifest, modulesFeature, serverManifest } from '../machine/manifests.ts';
import { about } from './check.ts';
import type { Scene } from './input.ts';

export interface FeatureFacts {
  /** `conduwuit_mods`; null where the server has no such feature. */
  feature: string | null;
  features: Manifest['features'];
  buildArguments: readonly string[];
  /** `hotdeck.json` sets the build arguments. */
  fromSettings: boolean;
  /** The build arguments are known: the workspace could be opened. */
  known: boolean;
}

/** Is the cargo feature of the family on, as well as the cfg? Pure. */
export function featureCheck(facts: FeatureFacts): Check {
  const { feature, features, buildArguments, fromSettings, known } = facts;
  const check = about({
    id: 'feature',
    group: 'workspace',
    title: 'Cargo feature',
    why: 'The code asks for the cfg and for the cargo feature. With one of the two the server builds as one static program, says nothing of it, and Ctrl+C shuts it down.',
  });
  if (feature === null)
    return check.ok('This version has no cargo feature for modules: the cfg alone decides.');
  if (activeFeatures(features, buildArguments).has(feature)) {
    return check.ok(
      `cargo build gets ${feature}${buildArguments.length === 0 ? ' by default' : `: ${buildArguments.join(' ')}`}.`,
    );
  }
  if (fromSettings) {
    return check.problem(
      `The build arguments in hotdeck.json do not turn ${feature} on.`,
      `Add "--features", "${feature}" to "build": { "arguments": […] } in hotdeck.json.`,
    );
  }
  if (!known) {
    return check.unknown(
      `The workspace could not be read, so what cargo build gets is not known; ${feature} has to be among its features.`,
    );
  }
  return check.problem(
    `cargo build does not get --features ${feature}.`,
    `Put "build": { "arguments": ["--features", "${feature}"] } into hotdeck.json.`,
  );
}

/** Null where the workspace is none of the family. */
export function featureFacts({ plan, manifests, workspace, buildArguments }: Scene): FeatureFacts | null {
  const server = serverManifest(manifests, workspace?.program.package ?? null);
  if (plan.kind !== 'family' || server === null) return null;
  return {
    feature: modulesFeature(server),
    features: server.features,
    buildArguments,
    fromSettings:
      workspace?.settings.some((each) => each.key === 'cargo build' && each.from === 'hotdeck.json') ?? false,
    known: workspace !== null,
  };
}
