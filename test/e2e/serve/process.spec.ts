import { expect } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { builtFile } from '../built-app.ts';
import { partsOf } from '../../support/socket-client.ts';
import { serveTest as test } from '../serve-process.ts';

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} ends it, open windows or not`, async ({ page, server }) => {
    await page.goto(server.url);
    await expect(page.getByRole('navigation', { name: 'Hosts and pages' })).toBeVisible();
    const start = performance.now();
    expect(await server.stop(signal)).toBe(0);
    expect(performance.now() - start).toBeLessThan(3000);
  });
}

test('a port in use is one line and status 2', async ({ server }) => {
  const { port } = partsOf(server.url);
  const second = spawnSync(
    process.execPath,
    [builtFile('cli/airlock.js'), 'serve', '--port', port],
    // The runner sets FORCE_COLOR; with NO_COLOR beside it Node writes a warning of its own.
    { encoding: 'utf8', timeout: 10_000, env: { ...process.env, NO_COLOR: undefined } },
  );
  expect([second.status, second.stdout, second.stderr.trim().split('\n')]).toEqual([
    2,
    '',
    [expect.stringContaining(`Port ${port} is in use`)],
  ]);
});
