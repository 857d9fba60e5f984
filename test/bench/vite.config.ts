import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const checkout = resolve(import.meta.dirname, '../..');

/** Benches and the scripts that take the README's pictures, made into programs that a plain node runs. */
export default defineConfig({
  root: checkout,
  publicDir: false,
  build: {
    ssr: true,
    outDir: resolve(checkout, 'dist/bench'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: {
      input: {
        run: resolve(import.meta.dirname, 'run.ts'),
        screenshot: resolve(import.meta.dirname, '../support/screenshot.ts'),
        recording: resolve(import.meta.dirname, '../support/recording.ts'),
      },
      output: { format: 'es', entryFileNames: '[name].js' },
    },
  },
});
