/** How a server decides what to swap, and how it is told to. */
import { z } from 'zod';

/** `all` closes and opens every module, changed or not. */
export const RuleSchema = z.enum(['stack', 'dependents', 'all']);
export type Rule = z.infer<typeof RuleSchema>;

/**
 * How a server tells that a library is new: `newer-time`, its file was written later than it was loaded;
 * `file-identity`, it is another file (device or inode); `content`, its bytes differ.
 */
export const NewnessSchema = z.enum(['newer-time', 'file-identity', 'content']);
export type Newness = z.infer<typeof NewnessSchema>;

export const SignalSchema = z.enum(['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']);
export type Signal = z.infer<typeof SignalSchema>;

/** What makes a server reload: a signal, a command that tells it, or a change of a library file by itself. */
export const ReloadBySchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('signal'), signal: SignalSchema }),
  z.object({ by: z.literal('command'), command: z.array(z.string()) }),
  z.object({ by: z.literal('self') }),
]);
export type ReloadBy = z.infer<typeof ReloadBySchema>;
