import type { AirlockApi } from '../../shared/contract.ts';
import { failure } from '../../shared/result.ts';
import type { Bridge } from './bridge.ts';
import { createElectronBridge } from './electron-bridge.ts';
import { takeToken } from './session-token.ts';
import { SocketBridge } from './socket-bridge.ts';

declare global {
  interface Window {
    /** Set by the preload script in Electron, absent in a browser. */
    readonly airlock?: AirlockApi;
  }
}

/** Electron where the preload script ran, else the WebSocket of `airlock serve`. */
export function chooseBridge(view: Window): Bridge {
  if (view.airlock !== undefined) return createElectronBridge(view.airlock);
  const token = takeToken(view);
  return token === undefined ? refusedBridge() : serveBridge(view, token);
}

function serveBridge(view: Window, token: string): Bridge {
  const scheme = view.location.protocol === 'https:' ? 'wss' : 'ws';
  const address = `${scheme}://${view.location.host}/rpc`;
  return new SocketBridge({
    open: () => new WebSocket(address, ['airlock.v1', `token.${token}`]),
    probe: () =>
      fetch(view.location.pathname, { method: 'HEAD', cache: 'no-store' }).then(
        () => true,
        () => false,
      ),
  });
}

/** Without a token there is nobody to ask. */
function refusedBridge(): Bridge {
  return {
    kind: 'serve',
    call: () => Promise.resolve(failure('disconnected', 'The address carries no token')),
    onEvent: () => () => undefined,
    onConnection: (listener) => {
      listener('refused');
      return () => undefined;
    },
    reconnect: () => undefined,
  };
}
