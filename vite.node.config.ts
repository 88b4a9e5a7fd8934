import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

/**
 * The command line, for Node alone: `out/cli`. Packages are bundled, so the built folder runs
 * without node_modules; commands are loaded when they are used, so that `airlock groups` does not
 * read the web server first.
 */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node24',
    outDir: 'out/cli',
    emptyOutDir: true,
    rollupOptions: {
      input: {
        // Checks the version of Node before anything else is parsed; keep its syntax old.
        airlock: 'main/cli/airlock.ts',
        main: 'main/cli/main.ts',
        // Started by serve mode and by the backend, which expect them in their own folder.
        'backend-process': 'main/backend/apart/backend-process.ts',
        'reader-thread': 'main/backend/reading/reader-thread.ts',
      },
      output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  ssr: {
    noExternal: true,
    // better-sqlite3 brings a native file, which cannot be bundled.
    external: ['better-sqlite3', ...builtinModules],
  },
});
