/** What the worker that looks into logs and the one that asks say to each other. */
import { z } from 'zod';
import { FailureSchema } from '#shared/contract.ts';
import { LEVELS } from '../records/record.ts';
import type { QueryAnswer } from './queryRun.ts';

const PatternSchema = z.strictObject({ text: z.string(), regex: z.boolean(), caseSensitive: z.boolean() });

export const ToWorkerSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('search'),
    folder: z.string(),
    run: z.string(),
    pattern: PatternSchema,
    from: z.number(),
    most: z.number(),
    /** The hits that are nearest to this line are wanted, and no others; null: the first ones. */
    near: z.number().nullable(),
  }),
  z.strictObject({
    type: z.literal('query'),
    folder: z.string(),
    run: z.string(),
    filter: z.strictObject({
      levels: z.array(z.enum([...LEVELS, 'none'])).readonly(),
      target: z.string(),
      pattern: PatternSchema.nullable(),
      since: z.number().nullable(),
    }),
    from: z.number().nullable(),
    direction: z.enum(['forward', 'backward']),
    limit: z.number(),
  }),
  z.strictObject({ type: z.literal('stop') }),
]);
export type ToWorker = z.infer<typeof ToWorkerSchema>;
export type SearchMessage = Extract<ToWorker, { type: 'search' }>;
export type QueryMessage = Extract<ToWorker, { type: 'query' }>;

const HitSchema = z.object({
  line: z.number(),
  offset: z.number(),
  spans: z.array(z.object({ start: z.number(), length: z.number() })),
});

/** Many records, from our own program: taken as they are. */
const AnswerSchema = z.custom<QueryAnswer>((value) => typeof value === 'object' && value !== null);

export const FromWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hits'), hits: z.array(HitSchema) }),
  /** All before this offset was looked at; of a query, that it goes on. */
  z.object({ type: z.literal('progress'), offset: z.number() }),
  z.object({
    type: z.literal('scanned'),
    scanned: z.object({ count: z.number(), offset: z.number(), stopped: z.boolean(), first: z.number() }),
  }),
  z.object({ type: z.literal('answer'), answer: AnswerSchema }),
  z.object({ type: z.literal('failed'), failure: FailureSchema }),
]);
export type FromWorker = z.infer<typeof FromWorkerSchema>;
