import { z } from 'zod';

/** A request that says nothing but its name. */
export const none = z.strictObject({});

/** The id of something: a module, a notice, a recent workspace. */
export const name = z.string().min(1).max(256);
