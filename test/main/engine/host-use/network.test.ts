import { describe, expect, it } from 'vitest';
import type { NetworkFacts, NetworkInterface } from '../../../../shared/network.ts';
import { details } from '../../../support/details.ts';
import { bdf, makeHost, type FunctionNotation } from '../../../support/host-notation.ts';
import { machine, NOT_RECORDED } from '../../../support/machine.ts';
import { findings, wish } from '../../../support/wish.ts';

const nic = (at: string, device: number): FunctionNotation => ({
  at,
  ids: [0x8086, device],
  details: details({ driver: 'igb' }),
});
const FUNCTIONS = [nic('01:00.0', 0x1521), nic('02:00.0', 0x1522)];

const port = (name: string, at: string, state = 'up'): NetworkInterface => ({
  name,
  path: [bdf(at)],
  state,
  kind: 'plain',
  lower: [],
});
const made = (
  name: string,
  kind: NetworkInterface['kind'],
  ...lower: readonly string[]
): NetworkInterface => ({ name, path: [], state: 'up', kind, lower });

const ETH = [port('eth0', '01:00.0'), port('eth1', '02:00.0')];
const via = (interfaceName: string) => ({ interfaceName, family: 'IPv4' as const });

function check(network: Partial<NetworkFacts>, ...asked: readonly string[]) {
  const setup = { driverModules: { igb: 'igb' } };
  const host = makeHost({
    functions: FUNCTIONS,
    machine: machine({ network: { interfaces: ETH, ...network }, setup, loadedModules: ['igb'] }),
  });
  return wish(host, ...(asked.length === 0 ? ['01:00.0'] : asked));
}

describe('the default route', () => {
  it.each<[string, Partial<NetworkFacts>, readonly string[]]>([
    ['straight over the interface', { defaultRoutes: [via('eth0')] }, ['stop default-route']],
    [
      'over a bridge',
      { interfaces: [...ETH, made('br0', 'bridge', 'eth0', 'tap0')], defaultRoutes: [via('br0')] },
      ['stop default-route'],
    ],
    [
      'over a VLAN on a bridge with both interfaces, of which either may lead out',
      {
        interfaces: [...ETH, made('br0', 'bridge', 'eth0', 'eth1'), made('br0.5', 'plain', 'br0')],
        defaultRoutes: [via('br0.5')],
      },
      ['stop default-route'],
    ],
    [
      'over a bond of both interfaces',
      {
        interfaces: [...ETH, made('bond0', 'bond', 'eth0', 'eth1')],
        defaultRoutes: [via('bond0')],
      },
      ['risk bond-degraded'],
    ],
    [
      'over two interfaces, one of which stays',
      { defaultRoutes: [via('eth0'), via('eth1')] },
      ['risk default-route'],
    ],
    [
      'over the interface and a tunnel, which needs one itself',
      { interfaces: [...ETH, made('wg0', 'plain')], defaultRoutes: [via('wg0'), via('eth0')] },
      ['stop default-route'],
    ],
    ['over the other interface', { defaultRoutes: [via('eth1')] }, ['risk network-lost']],
    [
      'over the other interface, while this one is down',
      { interfaces: [port('eth0', '01:00.0', 'down')], defaultRoutes: [via('eth1')] },
      ['note network-lost'],
    ],
    ['unknown', { defaultRoutes: NOT_RECORDED }, ['risk network-lost']],
    ['unknown, as are the interfaces', { interfaces: NOT_RECORDED }, ['risk network-lost']],
  ])('%s', (_name, network, expected) => {
    expect(findings(check(network))).toEqual(expected);
  });

  it('is lost with a bond when all of its interfaces move', () => {
    const interfaces = [
      ...ETH,
      made('bond0', 'bond', 'eth0', 'eth1'),
      made('br0', 'bridge', 'bond0'),
    ];
    const answer = check({ interfaces, defaultRoutes: [via('br0')] }, '01:00.0', '02:00.0');
    expect(findings(answer)).toEqual(['stop default-route', 'stop default-route']);
    expect(answer.findings[0]).toMatchObject({
      title: "The host's default route runs over 01:00.0 (br0 on eth0 and eth1)",
      evidence: 'proc/net/route: default on br0',
    });
  });

  it('is the way to the root file system where that is fetched over the network', () => {
    const mounts = [{ mountPoint: '/', source: 'nas:/root', fileSystem: 'nfs4', number: '0:20' }];
    const network = { interfaces: ETH, defaultRoutes: [via('eth0'), via('eth1')] };
    const host = makeHost({
      functions: FUNCTIONS,
      machine: machine({ storage: { mounts }, network }),
    });
    expect(findings(wish(host, '01:00.0'), 'default-route')).toEqual(['stop default-route']);
  });

  it('does not end in a circle of interfaces', () => {
    const interfaces = [...ETH, made('a', 'bridge', 'b'), made('b', 'bridge', 'a', 'eth0')];
    expect(findings(check({ interfaces, defaultRoutes: [via('a')] }))).toEqual([
      'stop default-route',
    ]);
  });
});

describe('the SSH connection of the reader', () => {
  const session = (interfaceName: string | undefined) => ({
    localAddress: '192.0.2.7',
    interfaceName,
  });
  const routed = { defaultRoutes: [via('eth1')] };

  it.each<[string, Partial<NetworkFacts>, readonly string[]]>([
    ['is a stop over the interface', { session: session('eth0') }, ['stop ssh-connection']],
    ['is none over the other', { session: session('eth1') }, ['risk network-lost']],
    [
      'is a risk where its interface is not known',
      { session: session(undefined) },
      ['risk ssh-connection'],
    ],
    [
      'goes on over a bond',
      {
        interfaces: [...ETH, made('bond0', 'bond', 'eth0', 'eth1')],
        session: session('bond0'),
      },
      ['risk network-lost'],
    ],
    ['is nobody’s in a recorded host', { session: NOT_RECORDED }, ['risk network-lost']],
  ])('%s', (_name, network, expected) => {
    expect(findings(check({ ...routed, ...network }))).toEqual(expected);
  });

  it('is named with its address', () => {
    expect(check({ ...routed, session: session('eth0') }).findings[0]).toMatchObject({
      title: 'The SSH connection that you use runs over 01:00.0 (eth0)',
      evidence: 'SSH_CONNECTION: local address 192.0.2.7 on eth0',
    });
  });
});
