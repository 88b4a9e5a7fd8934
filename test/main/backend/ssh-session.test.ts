import { describe, expect, it } from 'vitest';
import { sshSession } from '../../../main/backend/ssh-session.ts';

const INTERFACES = {
  lo: [{ address: '127.0.0.1' }],
  br0: [{ address: '192.0.2.7' }, { address: '2001:db8::7' }],
};

describe('the SSH connection of this process', () => {
  it.each([
    [
      'over IPv4',
      '198.51.100.2 50000 192.0.2.7 22',
      { localAddress: '192.0.2.7', interfaceName: 'br0' },
    ],
    [
      'over IPv6',
      '2001:db8::2 50000 2001:db8::7 22',
      { localAddress: '2001:db8::7', interfaceName: 'br0' },
    ],
    [
      'over IPv4 in IPv6 notation',
      '::ffff:198.51.100.2 5 ::ffff:192.0.2.7 22',
      { localAddress: '192.0.2.7', interfaceName: 'br0' },
    ],
    [
      'to an address that no interface has',
      '198.51.100.2 5 203.0.113.9 22',
      { localAddress: '203.0.113.9', interfaceName: undefined },
    ],
    ['none', undefined, undefined],
    ['nothing that sshd writes', 'junk', undefined],
  ])('%s', (_name, variable, expected) => {
    expect(sshSession(variable, INTERFACES)).toEqual(expected);
  });
});
