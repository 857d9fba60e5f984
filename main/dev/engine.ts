/** The engine as `npm run dev` builds it: errors name lines of the sources. */
process.setSourceMapsEnabled(true);
await import('../engine/index.ts');

export {};
