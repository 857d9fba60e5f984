/** Why a module was rebuilt. */
import { z } from 'zod';

const WhyKindSchema = z.enum([
  /** A file was saved while Hotdeck looked on. */
  'edited',
  /** A file changed, says cargo; nobody here saw it: while Hotdeck was away, or outside of what is watched. */
  'file',
  'environment',
  /** What rustc is told: flags, by environment or configuration. */
  'flags',
  'features',
  'profile',
  'toolchain',
  /** Cargo.lock: a dependency has another version. */
  'lock-file',
  /** cargo's configuration files, or the arguments that it is called with. */
  'configuration',
  /** What a build script asks to be run for, or what it said. */
  'build-script',
  /** A manifest names other dependencies. */
  'dependencies',
  /** It was never built before. */
  'first',
  /** Some other cargo built it. */
  'elsewhere',
  /** cargo does not say. */
  'unknown',
]);
export type WhyKind = z.infer<typeof WhyKindSchema>;

export const WhySchema = z.object({
  module: z.string(),
  /** What happened to the first of the chain. */
  kind: WhyKindSchema,
  /** Packages, each of which the next one needs: from the one that changed to the module. Just the module: itself. */
  chain: z.array(z.string()).min(1),
  /** What was saved, relative to the workspace where it lies inside, and when: ms since the epoch. */
  file: z.string().nullable(),
  at: z.number().nullable(),
  /** So many other files changed that the module depends on. */
  more: z.number().int().nonnegative(),
  /** What changed, where it is no file: the name of a variable, cargo's own words. */
  detail: z.string().nullable(),
  /** All of it as a phrase that can follow the label of the module. */
  text: z.string(),
});
export type Why = z.infer<typeof WhySchema>;
