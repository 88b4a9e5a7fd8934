// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { takeToken } from '../../../renderer/bridge/session-token.ts';

describe('the token in the address', () => {
  beforeEach(() => window.sessionStorage.clear());

  it('is taken, kept for the tab and removed from the address bar', () => {
    window.history.replaceState(null, '', '/#token=abc');
    expect(takeToken(window)).toBe('abc');
    expect(window.location.href).not.toContain('abc');
    expect(takeToken(window)).toBe('abc');
  });

  it('gives way to a newer one', () => {
    window.sessionStorage.setItem('airlock.token', 'old');
    window.history.replaceState(null, '', '/#token=new');
    expect(takeToken(window)).toBe('new');
  });

  it('leaves the address of a page alone, and is undefined where there is none', () => {
    window.history.replaceState(null, '', '/#/host/live/groups');
    expect(takeToken(window)).toBeUndefined();
    expect(window.location.hash).toBe('#/host/live/groups');
  });
});
