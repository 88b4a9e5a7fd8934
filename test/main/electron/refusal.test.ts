import { expect, it } from 'vitest';
import { refusalFor } from '../../../main/electron/refusal.ts';

it('refuses root, in one line that names serve mode', () => {
  expect(refusalFor(0)).toMatch(/^The Airlock window does not run as root: .*"airlock serve".*$/);
});

it.each([1000, undefined])('has nothing against user %s', (uid) => {
  expect(refusalFor(uid)).toBeUndefined();
});
