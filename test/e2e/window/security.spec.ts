import { expect, type Page } from '@playwright/test';
import { test } from '../shell.ts';

/** Runs `attempt` in the page and returns the directive that it violated. */
async function violatedBy(page: Page, attempt: () => void): Promise<string> {
  await page.evaluate(() => {
    const seen = window as unknown as { violated?: Promise<string> };
    seen.violated = new Promise((resolve) => {
      const listen = (event: SecurityPolicyViolationEvent): void =>
        resolve(event.effectiveDirective);
      document.addEventListener('securitypolicyviolation', listen, { once: true });
      setTimeout(() => resolve('nothing'), 3000);
    });
  });
  await page.evaluate(attempt);
  return page.evaluate(() => (window as unknown as { violated: Promise<string> }).violated);
}

test('an inline script does not run', async ({ shell }) => {
  const directive = await violatedBy(shell.page, () => {
    const script = document.createElement('script');
    script.textContent = 'window.intruder = true';
    document.body.append(script);
  });
  expect(directive).toBe('script-src-elem');
  expect(await shell.page.evaluate(() => 'intruder' in window)).toBe(false);
});

test('text is not turned into code', async ({ shell }) => {
  // From a timer, because the debugging protocol may evaluate text whatever the policy says.
  const outcome = await shell.page.evaluate(
    () =>
      new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve(String(new Function('return 1')()));
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      }),
  );
  expect(outcome).toBe('EvalError');
});

test('the page reaches nothing but its own server', async ({ shell: { page } }) => {
  const attempts: readonly [string, string, () => void][] = [
    ['fetch', 'connect-src', () => void fetch('https://example.org/').catch(() => undefined)],
    ['an image', 'img-src', () => void (new Image().src = 'https://example.org/a.png')],
    [
      'a frame',
      'frame-src',
      () => {
        const frame = document.createElement('iframe');
        frame.src = 'https://example.org/';
        document.body.append(frame);
      },
    ],
    [
      'a WebSocket',
      'connect-src',
      () => {
        try {
          new WebSocket('ws://127.0.0.1:1/rpc');
        } catch {
          // Some versions throw as well.
        }
      },
    ],
    [
      'a form',
      'form-action',
      () => {
        const form = document.createElement('form');
        form.action = 'https://example.org/';
        document.body.append(form);
        form.submit();
      },
    ],
  ];
  for (const [name, directive, attempt] of attempts) {
    expect.soft(await violatedBy(page, attempt), name).toBe(directive);
  }
});

test('the page runs as a secure context of its own', async ({ shell }) => {
  const state = await shell.page.evaluate(() => [window.isSecureContext, window.origin === 'null']);
  expect(state).toEqual([true, false]);
});
