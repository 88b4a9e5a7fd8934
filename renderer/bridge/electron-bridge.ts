import type {
  AirlockApi,
  ArgsOf,
  Channel,
  EventName,
  MethodName,
  Reply,
} from '../../shared/contract.ts';
import type { Bridge, BridgeEvent } from './bridge.ts';

/** Name of the preload's function for each channel; a new channel does not compile without one. */
const METHODS: { readonly [C in Channel]: MethodName<C> } = {
  'app:info': 'appInfo',
  'host:open': 'hostOpen',
  'host:list': 'hostList',
  'host:get': 'hostGet',
  'host:rescan': 'hostRescan',
  'host:close': 'hostClose',
  'host:explain': 'hostExplain',
  'host:check': 'hostCheck',
  'host:groups': 'hostGroups',
  'job:cancel': 'jobCancel',
  'sample:list': 'sampleList',
  'dialog:open-file': 'dialogOpenFile',
};

/** The bridge over the functions that the preload script exposes. */
export function createElectronBridge(api: AirlockApi): Bridge {
  return {
    kind: 'electron',
    call: <C extends Channel>(channel: C, args: ArgsOf<C>) => {
      const method = api[METHODS[channel]] as unknown as (args: ArgsOf<C>) => Promise<Reply<C>>;
      return method(args);
    },
    onEvent: (listener) =>
      api.onEvent((name: EventName, payload: unknown) =>
        listener({ name, payload } as BridgeEvent),
      ),
    onConnection: (listener) => {
      listener('open');
      return () => undefined;
    },
    reconnect: () => undefined,
  };
}
