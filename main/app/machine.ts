import { z } from 'zod';
import type { Machine } from './limitation.ts';

const HeaderSchema = z.object({ header: z.object({ glibcVersionRuntime: z.string().optional() }) });

/** The machine that the app runs on. Node's report tells whether the C library is glibc. */
export function thisMachine(): Machine {
  // Without this the report would look up the machine's network names, which can take long.
  Object.assign(process.report, { excludeNetwork: true });
  const report = HeaderSchema.safeParse(process.report.getReport());
  const glibc = report.success ? (report.data.header.glibcVersionRuntime ?? null) : null;
  return { platform: process.platform, glibc };
}
