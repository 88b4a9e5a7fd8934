import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { servePage } from '../../../main/electron/page-protocol.ts';
import { requestRules } from '../../support/electron-stand-in/page-requests.ts';

vi.mock('electron', () => import('../../support/electron-stand-in/electron-module.ts'));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'airlock-page-'));
  mkdirSync(path.join(folder, 'renderer/assets'), { recursive: true });
  writeFileSync(path.join(folder, 'secret.txt'), 'private');
  writeFileSync(path.join(folder, 'renderer/index.html'), '<title>Page</title>');
  writeFileSync(path.join(folder, 'renderer/assets/font-AbC_1-2.woff2'), 'font');
  writeFileSync(path.join(folder, 'renderer/main.ts'), 'source');
  servePage(path.join(folder, 'renderer'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function fetchPage(url: string, method = 'GET'): Promise<Response> {
  const handler = requestRules.protocols.get('app:');
  if (!handler) throw new Error('The scheme is not handled');
  return handler(new Request(url, { method }));
}

it.each([
  ['app://airlock/index.html', 'text/html; charset=utf-8', '<title>Page</title>'],
  ['app://airlock/index.html?a=1#b', 'text/html; charset=utf-8', '<title>Page</title>'],
  ['app://airlock/assets/font-AbC_1-2.woff2', 'font/woff2', 'font'],
])('serves %s', async (url, contentType, body) => {
  const response = await fetchPage(url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, contentType]);
  expect(await response.text()).toBe(body);
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; /);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});

it.each([
  'app://airlock/',
  'app://airlock',
  'app://airlock/assets',
  'app://airlock/assets/',
  'app://airlock/nothing.js',
  'app://airlock/main.ts',
  'app://airlock/../secret.txt',
  'app://airlock/%2e%2e/secret.txt',
  'app://airlock/..%2fsecret.txt',
  'app://airlock/assets/..%5c..%5csecret.txt',
  'app://airlock//etc/passwd.txt',
  'app://airlock/index.html%00',
  'app://airlock/./.hidden.txt',
  'app://other/index.html',
  'app://airlock.example.org/index.html',
])('does not serve %s', async (url) => {
  const response = await fetchPage(url);
  expect([response.status, await response.text()]).toEqual([404, '']);
});

it('answers HEAD without a body and nothing but GET and HEAD', async () => {
  const head = await fetchPage('app://airlock/index.html', 'HEAD');
  expect([head.status, await head.text()]).toEqual([200, '']);
  expect((await fetchPage('app://airlock/index.html', 'POST')).status).toBe(405);
});
