import type { Bdf } from './bdf.ts';
import type { Fact } from './fact.ts';

/** How the host is reached, and over which functions. */
export interface NetworkFacts {
  /** `sys/class/net`. */
  readonly interfaces: Fact<readonly NetworkInterface[]>;
  /** Default routes of `proc/net/route` and `proc/net/ipv6_route` that are up. */
  readonly defaultRoutes: Fact<readonly DefaultRoute[]>;
  /** The SSH connection that the reading runs in; absent where its environment names none. */
  readonly session: Fact<RemoteSession>;
}

export interface NetworkInterface {
  readonly name: string;
  /** PCI functions on the path of its directory, from the root on; empty for a virtual one. */
  readonly path: readonly Bdf[];
  /** `operstate`: `up`, `down`, `unknown`. */
  readonly state: Fact<string>;
  /** By the folder that its driver makes; `plain` for all others. */
  readonly kind: 'bond' | 'bridge' | 'plain';
  /** Interfaces that it is made of: bridge ports, bonded ones, the one below a VLAN or a team. */
  readonly lower: readonly string[];
}

export interface DefaultRoute {
  readonly interfaceName: string;
  readonly family: 'IPv4' | 'IPv6';
}

/** An SSH connection by the variable `SSH_CONNECTION` of sshd. */
export interface RemoteSession {
  /** This host's address in it. */
  readonly localAddress: string;
  /** The interface with that address; `undefined` where none has it. */
  readonly interfaceName: string | undefined;
}
