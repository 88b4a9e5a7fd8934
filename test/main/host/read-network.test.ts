import { describe, expect, it } from 'vitest';
import { parseRoutes, parseRoutes6, parseVlans } from '../../../main/host/read-network.ts';
import { unreadable } from '../../../shared/fact.ts';
import { NETWORK_TREE } from '../../support/network-tree.ts';
import { readTree } from '../../support/read-tree.ts';
import { findings, wish } from '../../support/wish.ts';

const VIRTUAL = 'sys/devices/virtual/net';

describe('the network of a host', () => {
  it('is read with the way down to the hardware', async () => {
    const { machine } = await readTree(NETWORK_TREE);
    expect(machine?.network.defaultRoutes).toEqual([{ interfaceName: 'br0', family: 'IPv4' }]);
    const interfaces = machine?.network.interfaces;
    const rows = Array.isArray(interfaces) ? interfaces : [];
    expect(rows.map(({ name, kind, lower, path }) => [name, kind, lower, path])).toEqual([
      ['bond0', 'bond', ['eth0', 'eth1'], []],
      ['bond0.5', 'plain', ['bond0'], []],
      ['br0', 'bridge', ['bond0.5', 'tap0'], []],
      ['eth0', 'plain', [], ['0000:00:02.0']],
      ['eth1', 'plain', [], ['0000:00:03.0']],
      ['eth2', 'plain', [], ['0000:00:04.0']],
      ['tap0', 'plain', [], []],
    ]);
  });

  it('costs one interface of the bond, or the default route with both', async () => {
    const host = await readTree(NETWORK_TREE);
    const of = (...asked: readonly string[]) =>
      findings(wish(host, ...asked), 'default-route', 'bond-degraded', 'network-lost');
    expect([of('00:02.0'), of('00:04.0')]).toEqual([['risk bond-degraded'], ['note network-lost']]);
    expect(of('00:02.0', '00:03.0')).toEqual(['stop default-route', 'stop default-route']);
  });

  it('has a session where the reader says so, and none to tell of in a record', async () => {
    const missing = unreadable('NOT_RECORDED');
    expect((await readTree(NETWORK_TREE)).machine?.network.session).toEqual(missing);
    const session = { localAddress: '192.0.2.2', interfaceName: 'br0' };
    const host = await readTree(NETWORK_TREE, { session });
    expect(host.machine?.network.session).toEqual(session);
    expect(findings(wish(host, '00:02.0', '00:03.0'), 'ssh-connection')).toHaveLength(2);
  });

  it('is unknown where nothing was recorded', async () => {
    const { machine } = await readTree({ functions: [{ bdf: '0000:00:02.0' }] });
    const missing = unreadable('NOT_RECORDED');
    expect(machine?.network).toEqual({
      interfaces: missing,
      defaultRoutes: missing,
      session: missing,
    });
  });

  it('takes a bond from proc/net/bonding where its folder was not copied', async () => {
    const bonding = 'Ethernet Channel Bonding Driver\n\nSlave Interface: eth0\nMII Status: up\n';
    const { machine } = await readTree({
      functions: [{ bdf: '0000:00:02.0' }],
      links: { 'sys/class/net/bond0': `../../../${VIRTUAL}/bond0` },
      files: { [`${VIRTUAL}/bond0/operstate`]: 'up\n', 'proc/net/bonding/bond0': bonding },
    });
    expect(machine?.network.interfaces).toMatchObject([{ kind: 'bond', lower: ['eth0'] }]);
  });
});

describe('tables of the network', () => {
  it.each<[string, string, readonly string[]]>([
    ['a default route', 'eth0\t00000000\t01\t0003\t0\t0\t0\t00000000\t', ['eth0']],
    ['one that is down', 'eth0\t00000000\t01\t0002\t0\t0\t0\t00000000\t', []],
    ['one that refuses', 'eth0\t00000000\t01\t0201\t0\t0\t0\t00000000\t', []],
    ['a half of everything', 'tun0\t00000000\t01\t0003\t0\t0\t0\t00000080\t', []],
    ['nothing', '', []],
  ])('IPv4: %s', (_name, text, names) => {
    expect(parseRoutes(text).map(({ interfaceName }) => interfaceName)).toEqual(names);
  });

  it('IPv6: a default route, and none of the kernel’s own', () => {
    const zeros = '0'.repeat(32);
    const line = (flags: string, name: string, prefix = '00') =>
      `${zeros} ${prefix} ${zeros} 00 fd${'0'.repeat(29)}1 00000400 00000003 00000000 ${flags}     ${name}`;
    const text = [line('00000003', 'eth0'), line('00200200', 'lo'), line('00000001', 'eth1', '01')];
    expect(parseRoutes6(text.join('\n'))).toEqual([{ interfaceName: 'eth0', family: 'IPv6' }]);
  });

  it('VLANs: the interface below', () => {
    const text = 'VLAN Dev name    | VLAN ID\neth0.5 | 5  | eth0\nvoice  | 7  | eth1\n';
    expect([...parseVlans(text)]).toEqual([
      ['eth0.5', 'eth0'],
      ['voice', 'eth1'],
    ]);
  });
});
