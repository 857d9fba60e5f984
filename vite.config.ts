import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Node built-ins, Electron and the native module stay outside the bundles; everything else is bundled, so
// that the packaged app carries one node module only. The launcher loads Electron's tools where it needs them: it
// runs in a checkout only.
const outside = ['electron', 'node-pty', '@electron/asar', '@electron/fuses', /^node:/];
const at = (path: string) => resolve(import.meta.dirname, path);

/** One build for all processes: the window (client), the Electron and Node programs (main), the bridge (preload). */
export default defineConfig({
  plugins: [react()],
  root: at('renderer'),
  base: './',
  publicDir: false,
  environments: {
    client: {
      build: {
        outDir: at('dist/renderer'),
        emptyOutDir: true,
        target: 'chrome130',
        modulePreload: false,
        chunkSizeWarningLimit: 4_000,
        // The window takes types and a pattern of the contract. Its schemas are the bridge's: zod would try here whether it
        // may compile code, which the page's policy forbids and reports.
        rollupOptions: { treeshake: { moduleSideEffects: (id) => !id.includes('/preload/shared/contract') } },
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron', 'node-pty', '@electron/asar', '@electron/fuses'] },
      build: {
        outDir: at('dist/main'),
        emptyOutDir: true,
        target: 'node20',
        minify: false,
        rollupOptions: {
          input: {
            app: at('main/app/index.ts'),
            engine: at('main/engine/index.ts'),
            searcher: at('main/engine/logs/search/worker.ts'),
            cli: at('main/cli/index.ts'),
            launch: at('main/launch/index.ts'),
            afterPack: at('main/launch/afterPack.ts'),
          },
          external: outside,
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared/[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        outDir: at('dist/preload'),
        emptyOutDir: true,
        target: 'chrome130',
        minify: false,
        rollupOptions: {
          input: { bridge: at('preload/bridge.ts') },
          external: ['electron'],
          // A sandboxed preload is one CommonJS file.
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      await Promise.all(
        Object.values(builder.environments)
          .filter((e) => e.name !== 'ssr')
          .map((e) => builder.build(e)),
      );
    },
  },
});
