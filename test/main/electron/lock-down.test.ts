import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { lockDownContents, lockDownSession } from '../../../main/electron/lock-down.ts';

vi.mock('electron', () => import('../../support/electron-stand-in/electron-module.ts'));

type Handler = (...args: unknown[]) => unknown;

/** Remembers the one handler that it is given. */
function slot(): { set: (handler: Handler) => void; call: Handler } {
  let kept: Handler | undefined;
  return {
    set: (handler) => {
      kept = handler;
    },
    call: (...args) => kept?.(...args),
  };
}

/** An event that somebody may prevent. */
function preventable(url = ''): { url: string; isPrevented: boolean; preventDefault(): void } {
  return {
    url,
    isPrevented: false,
    preventDefault() {
      this.isPrevented = true;
    },
  };
}

describe('the page', () => {
  const openHandler = slot();
  const contents = Object.assign(new EventEmitter(), { setWindowOpenHandler: openHandler.set });
  lockDownContents(contents as unknown as WebContents);

  const isStopped = (name: string, url: string): boolean => {
    const event = preventable(url);
    contents.emit(name, event);
    return event.isPrevented;
  };

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])(
    'stays where it is on %s, but may load itself again',
    (name) => {
      expect(isStopped(name, 'app://airlock/index.html')).toBe(false);
      const elsewhere = ['https://example.org/', 'file:///etc/passwd', 'app://other/', 'data:,x'];
      expect(elsewhere.map((url) => isStopped(name, url))).toEqual([true, true, true, true]);
    },
  );

  it('embeds nothing and opens no window', () => {
    expect(isStopped('will-attach-webview', 'app://airlock/index.html')).toBe(true);
    expect(openHandler.call({ url: 'app://airlock/index.html' })).toEqual({ action: 'deny' });
  });
});

describe('the session', () => {
  const [requested, checked, device, beforeRequest] = [slot(), slot(), slot(), slot()];
  const session = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: requested.set,
    setPermissionCheckHandler: checked.set,
    setDevicePermissionHandler: device.set,
    webRequest: { onBeforeRequest: beforeRequest.set },
  });
  lockDownSession(session as unknown as Session);

  it.each([
    ['clipboard-sanitized-write', true],
    ['clipboard-read', false],
    ['media', false],
    ['openExternal', false],
    ['unknown', false],
  ])('answers the permission %s with %s, asked either way', (permission, isAllowed) => {
    const answers: unknown[] = [checked.call({}, permission)];
    requested.call({}, permission, (answer: boolean) => answers.push(answer));
    expect(answers).toEqual([isAllowed, isAllowed]);
  });

  it('gives no device', () => {
    expect(device.call({ deviceType: 'usb' })).toBe(false);
  });

  it.each([
    ['app://airlock/index.html', false],
    ['data:image/png;base64,', false],
    ['https://example.org/', true],
    ['http://127.0.0.1:8080/', true],
    ['ws://127.0.0.1:8080/', true],
    ['file:///etc/passwd', true],
    ['app://other/index.html', true],
  ])('cancels a request for %s: %s', (url, cancel) => {
    const answers: unknown[] = [];
    beforeRequest.call({ url }, (answer: unknown) => answers.push(answer));
    expect(answers).toEqual([{ cancel }]);
  });

  it('downloads nothing', () => {
    const event = preventable();
    session.emit('will-download', event);
    expect(event.isPrevented).toBe(true);
  });
});
