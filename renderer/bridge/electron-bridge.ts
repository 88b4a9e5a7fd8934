import { methodName } from '../../shared/channels.ts';
import type { AirlockApi, ArgsOf, Channel, EventName, Reply } from '../../shared/contract.ts';
import type { Bridge, BridgeEvent } from './bridge.ts';

/** The bridge over the functions that the preload script exposes. */
export function createElectronBridge(api: AirlockApi): Bridge {
  return {
    kind: 'electron',
    call: <C extends Channel>(channel: C, args: ArgsOf<C>) => {
      const method = api[methodName(channel)] as unknown as (args: ArgsOf<C>) => Promise<Reply<C>>;
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
