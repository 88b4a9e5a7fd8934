import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/*.test.ts', 'test/{main,renderer,shared,tools}/**/*.test.{ts,tsx}'],
    // Renderer tests ask for a DOM by a comment in the file: `// @vitest-environment jsdom`.
    environment: 'node',
    // A suite that selects no test has checked nothing.
    passWithNoTests: false,
    restoreMocks: true,
  },
});
