import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * The desktop application: `out/main`, `out/preload` and `out/renderer`. Serve mode uses the same
 * `out/renderer`; `vite.node.config.ts` builds the command line.
 *
 * Nothing stays in node_modules but better-sqlite3, which brings a native file: what is packaged is
 * what was built here.
 */
export default defineConfig({
  main: {
    build: {
      target: 'node24',
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: 'main/electron/index.ts',
          'backend-process': 'main/backend/apart/backend-process.ts',
          'reader-thread': 'main/backend/reading/reader-thread.ts',
        },
        // Chunks lie beside the entry, so that `import.meta.dirname` is the same folder in each.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        external: ['better-sqlite3'],
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      isolatedEntries: true,
      rollupOptions: {
        input: { index: 'main/electron/preload.ts' },
        // A sandboxed preload script is one CommonJS file; package.json says "module", hence .cjs.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: 'chrome140',
      outDir: 'out/renderer',
      // A data: font or image is fine for the policy; a data: script or worker is not.
      assetsInlineLimit: 0,
      rollupOptions: { input: 'renderer/index.html' },
    },
  },
});
