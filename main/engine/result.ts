import type { Failure } from '#shared/contract.ts';

/** A value, or why there is none: errors are values here. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });

/** @param remedy what the user can do about it, as a sentence. */
export const failed = (
  kind: string,
  message: string,
  remedy: string | null = null,
): { ok: false; failure: Failure } => ({ ok: false, failure: { kind, message, remedy } });

/** The message of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The code of a Node system error ('ENOENT', …), or null for any other thing that was thrown. */
export const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
