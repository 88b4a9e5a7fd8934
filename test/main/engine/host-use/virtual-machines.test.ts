import { describe, expect, it } from 'vitest';
import type { UserFacts } from '../../../../shared/users.ts';
import { details } from '../../../support/details.ts';
import { bdf, makeHost } from '../../../support/host-notation.ts';
import { machine, NOT_RECORDED } from '../../../support/machine.ts';
import { findings, wish } from '../../../support/wish.ts';

const CARD = '01:00.0';

function check(users: Partial<UserFacts>, driver = 'vfio-pci') {
  const host = makeHost({
    functions: [{ at: CARD, details: details({ driver }) }],
    observed: { '15': [CARD] },
    machine: machine({ users, loadedModules: [driver.replace('-', '_')] }),
  });
  return wish(host, CARD);
}

const open = (node: string, isWhole = true) => ({
  openNodes: { nodes: [{ processId: 900, processName: 'qemu-system-x86', node }], isWhole },
});

describe('a VM that has the group already', () => {
  it.each<[string, Partial<UserFacts>, string, string, readonly string[]]>([
    ['by the node of the group', open('/dev/vfio/15'), 'blocked', 'in-use', ['stop vm-uses-it']],
    ['seen without root', open('/dev/vfio/15', false), 'blocked', 'in-use', ['stop vm-uses-it']],
    ['by the node of another group', open('/dev/vfio/1'), 'ready', 'claimed', []],
    [
      'by the node of the function',
      {
        ...open('/dev/vfio/devices/vfio0'),
        vfioNodes: [{ bdf: bdf(CARD), node: '/dev/vfio/devices/vfio0' }],
      },
      'blocked',
      'in-use',
      ['stop vm-uses-it'],
    ],
    ['that root does not see', {}, 'ready', 'claimed', []],
    [
      'that nobody could look for',
      { openNodes: { nodes: [], isWhole: false } },
      'ready',
      'claimed',
      ['note vm-use-unknown'],
    ],
    [
      'in a record without processes',
      { openNodes: NOT_RECORDED },
      'ready',
      'claimed',
      ['note vm-use-unknown'],
    ],
  ])('%s', (_name, users, verdict, ownership, expected) => {
    const answer = check(users);
    expect([answer.verdict, answer.ownership, findings(answer)]).toEqual([
      verdict,
      ownership,
      expected,
    ]);
  });

  it('is named with its process', () => {
    expect(check(open('/dev/vfio/15')).findings[0]).toMatchObject({
      subjects: [bdf(CARD)],
      title: 'A VM has the group already: qemu-system-x86 (process 900)',
      evidence: 'proc/900/fd: /dev/vfio/15',
    });
  });

  it('a configuration that names the function is a note', () => {
    const configured = [
      { machine: 'win11', bdf: bdf(CARD), source: 'airlock/domains/1.xml' },
      { machine: '100', bdf: bdf('09:00.0'), source: 'etc/pve/qemu-server/100.conf' },
    ];
    expect(check({ configured }).findings).toMatchObject([
      { code: 'vm-configured', severity: 'note', title: 'win11 is a VM set up with 01:00.0' },
    ]);
  });
});
