import { expect } from '@playwright/test';
import { launchStandIn, type StandInShell } from '../launch-stand-in.ts';
import { test as base } from '../shell.ts';
import { startStandIn } from '../stand-in-process.ts';

/** With `standIn`, a test can ask what the application did to the system. */
const test = base.extend<{ readonly standIn: StandInShell }>({
  // Playwright reads the names of the fixtures that this one needs: none.
  standIn: async ({}, use) => {
    const shell = await launchStandIn();
    await use(shell);
    await shell.close();
  },
});

test('root is told to use serve mode, in one line', async () => {
  const app = startStandIn({ AIRLOCK_STAND_IN_UID: '0' });
  expect(await app.ended).toBe(2);
  expect(app.errorText()).toBe(
    'The Airlock window does not run as root: start it as an ordinary user, ' +
      'or run "airlock serve" and open the address it prints\n',
  );
});

test('a second instance leaves the place to the first', async () => {
  const app = startStandIn({ AIRLOCK_STAND_IN_SECOND: '1' });
  expect(await app.ended).toBe(0);
  expect(app.errorText()).toBe('');
});

test('the page cannot leave, open windows or get permissions', async ({ standIn: shell }) => {
  await shell.page.evaluate(() => window.open('https://example.org/window'));
  await shell.page.evaluate(() => {
    location.href = 'https://example.org/navigation';
  });
  await expect
    .poll(async () => {
      const { deniedWindows, deniedNavigations, permissions } = await shell.recorded();
      return { deniedWindows, deniedNavigations, permissions };
    })
    .toEqual({
      deniedWindows: ['https://example.org/window'],
      deniedNavigations: ['https://example.org/navigation'],
      permissions: [
        { permission: 'clipboard-sanitized-write', isAllowed: true },
        { permission: 'clipboard-read', isAllowed: false },
        { permission: 'media', isAllowed: false },
        { permission: 'usb', isAllowed: false },
      ],
    });
  await expect(shell.page).toHaveTitle(/Airlock/);
  await expect(shell.page.getByRole('main')).toBeVisible();
});

test('the page gets its own files and no others', async ({ shell }) => {
  const statuses = await shell.page.evaluate(async () => {
    const paths = [
      '/index.html',
      '/',
      '/../main/index.js',
      '/%2e%2e/main/index.js',
      '/..%2fmain%2findex.js',
      '/assets/../../package.json',
      '//etc/passwd',
      '/.hidden.js',
      '/nothing.js',
    ];
    const answers = await Promise.all(paths.map((path) => fetch(location.origin + path)));
    return answers.map((answer) => answer.status);
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404, 404, 404, 404]);
});

test('the menu has the four usual entries', async ({ standIn: shell }) => {
  expect((await shell.recorded()).menuLabels).toEqual(['&File', 'editMenu', '&View', '&Help']);
});
