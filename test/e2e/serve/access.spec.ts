import { expect } from '@playwright/test';
import { partsOf } from '../../support/socket-client.ts';
import { serveTest as test } from '../serve-process.ts';

test('the token leaves the address bar', async ({ page, server }) => {
  await page.goto(server.url);
  await expect(page.getByRole('navigation', { name: 'Hosts and pages' })).toBeVisible();
  expect(page.url()).not.toContain('token');
});

test('a page without the token, or with a wrong one, says what to do', async ({ page, server }) => {
  const { origin } = partsOf(server.url);
  for (const address of [`${origin}/`, `${origin}/#token=${'A'.repeat(32)}`]) {
    await page.goto('about:blank');
    await page.goto(address);
    await expect(
      page.getByRole('heading', { name: 'This address does not open Airlock' }),
    ).toBeVisible();
  }
});

test('a page of another site cannot connect, even with the token', async ({ page, server }) => {
  const { port, token } = partsOf(server.url);
  await page.route('http://example.org/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title>' }),
  );
  await page.goto('http://example.org/');
  const outcome = await page.evaluate(
    async ([address, secret]) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${address}/rpc`, ['airlock.v1', `token.${secret}`]);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      }),
    [`127.0.0.1:${port}`, token] as const,
  );
  expect(outcome).toBe('refused');
});

test('two tabs work side by side', async ({ page, context, server }) => {
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await tab.goto(server.url);
    await expect(tab.getByRole('navigation', { name: 'Hosts and pages' })).toBeVisible();
  }
});
