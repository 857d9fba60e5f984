/** What notices can be about, by where they come from. A list shows one notice of a kind at a time. */
import { z } from 'zod';

const ABOUT_THE_WORKSPACE = [
  'workspace',
  'workspace-gone',
  'watcher',
  'watch-loop',
  'order',
  'opened-root',
  'opens-elsewhere',
  'metadata',
  'same-file',
  'required-features',
  'set-up',
  'setup-failed',
  'broken-choices',
] as const;

const ABOUT_A_BUILD = ['build', 'added', 'build-waits', 'left-out', 'link-trouble', 'linker-worked'] as const;

const ABOUT_A_RELOAD = [
  'nothing-stale',
  'needs-restart',
  'blocked',
  'held',
  'late-reload',
  'reload-command',
  'signal-not-sent',
] as const;

const ABOUT_THE_SERVER = [
  'blind',
  'overwritten',
  'port-in-use',
  'missing-library',
  'undefined-symbol',
  'late-undefined-symbol',
  'died-at-start',
  'crashed',
] as const;

const ABOUT_STORAGE = [
  'disk-full',
  'log-disk-full',
  'log-unwritable',
  'log-unreadable',
  'log-deleted',
  'log-disk-slow',
  'log-not-pruned',
  'history-disk-full',
  'history-unwritable',
  'history-unreadable',
  'history-not-pruned',
  'history-gone',
] as const;

/** One that this version does not know: of a later version, or of a failure that has no kind of its own here. */
const OTHER = 'other';

/** A kind that is not known here, as a later version may have written it, is read as `other`. */
export const NoticeKindSchema = z
  .enum([
    ...ABOUT_THE_WORKSPACE,
    ...ABOUT_A_BUILD,
    ...ABOUT_A_RELOAD,
    ...ABOUT_THE_SERVER,
    ...ABOUT_STORAGE,
    OTHER,
  ])
  .catch(OTHER);
export type NoticeKind = z.infer<typeof NoticeKindSchema>;
