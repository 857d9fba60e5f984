export type { Finding } from '#shared/contract.ts';

export const MOST_DETAILS = 20;
