/** What a search's worker and the one that asks say to each other. */
import { z } from 'zod';
import { FailureSchema } from '../../../../preload/contract.ts';

export const ToWorkerSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('search'),
    folder: z.string(),
    run: z.string(),
    pattern: z.strictObject({ text: z.string(), regex: z.boolean(), caseSensitive: z.boolean() }),
    from: z.number(),
    most: z.number(),
  }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToWorker = z.infer<typeof ToWorkerSchema>;
export type SearchMessage = Extract<ToWorker, { type: 'search' }>;

const HitSchema = z.object({
  line: z.number(),
  offset: z.number(),
  spans: z.array(z.object({ start: z.number(), length: z.number() })),
});

export const FromWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hits'), hits: z.array(HitSchema) }),
  z.object({ type: z.literal('progress'), offset: z.number() }),
  z.object({
    type: z.literal('end'),
    scanned: z.object({ count: z.number(), offset: z.number(), stopped: z.boolean() }),
  }),
  z.object({ type: z.literal('failed'), failure: FailureSchema }),
]);
export type FromWorker = z.infer<typeof FromWorkerSchema>;
