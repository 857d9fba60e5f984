import type { Notice } from '#shared/contract.ts';

/** Something about a workspace that the user should know when it is opened. */
export type Remark = Pick<Notice, 'kind' | 'severity' | 'message' | 'remedy'> &
  Partial<Pick<Notice, 'actions' | 'program'>>;
