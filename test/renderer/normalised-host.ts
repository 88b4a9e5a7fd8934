import { createAppStore } from '../../renderer/app/store.ts';
import type { Bridge } from '../../renderer/bridge/bridge.ts';
import { hostFetched } from '../../renderer/features/hosts/hosts-slice.ts';
import type { HostRecord } from '../../renderer/features/hosts/hosts-slice.ts';
import { failure } from '../../shared/result.ts';
import type { HostView } from '../../shared/view.ts';

const SILENT: Bridge = {
  kind: 'serve',
  call: () => Promise.resolve(failure('not-available', 'No backend in this test')),
  onEvent: () => () => undefined,
  onConnection: () => () => undefined,
  reconnect: () => undefined,
};

/** A store that holds one host, and the host as the store keeps it. */
export function storeWithHost(view: HostView) {
  const store = createAppStore(SILENT);
  store.dispatch(hostFetched({ view }));
  const host = store.getState().hosts.records[view.hostId] as HostRecord;
  return { store, host };
}
