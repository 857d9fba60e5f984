// `npm run dev`. Plain JavaScript, as nothing is built yet: vite runs the TypeScript that does the work.
import { join } from 'node:path';
import { runnerImport } from 'vite';

await runnerImport(join(import.meta.dirname, 'index.ts'), { configFile: false, logLevel: 'error' });
