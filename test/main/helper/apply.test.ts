import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { Step } from '../../../main/binding/plan/step.ts';
import {
  AUDIO,
  BIND_CARD,
  BOUND,
  BRIDGE,
  FREE,
  GPU,
} from '../../support/simulated-host/graphics-card.ts';
import {
  openHost,
  outcome,
  problems,
  putPlan,
  RECEIPT,
} from '../../support/simulated-host/open-host.ts';
import { SHELLS } from '../../support/simulated-host/sandbox.ts';

vi.setConfig({ testTimeout: 60_000 });

describe.each(SHELLS)('airlock-helper under %s', (shell) => {
  it('binds a whole group, says each step, and undo brings every driver back', async () => {
    const { kernel, sandbox } = await openHost(shell);
    const plan = putPlan(sandbox, BIND_CARD, { bootId: kernel.bootId });
    expect(outcome(await sandbox.helper('check', plan))).toBe('0 result ready');
    expect(kernel.writes).toEqual([]);
    const applied = await sandbox.helper('apply', plan);
    expect([applied.stderr, applied.stdout.split('\n')]).toEqual(['', APPLIED]);
    expect(kernel.bindings).toEqual(BOUND);
    expect((await sandbox.helper('status', RECEIPT)).stdout).toBe(STATUS);
    expect(outcome(await sandbox.helper('undo', RECEIPT))).toBe('0 result undone');
    expect(kernel.bindings).toEqual(FREE);
    expect(outcome(await sandbox.helper('undo', RECEIPT))).toBe('0 result undone');
    // The same plan again is a new receipt.
    expect(outcome(await sandbox.helper('apply', plan))).toBe('0 result applied');
    expect((await sandbox.helper('status')).stdout).toContain('receipt 000002-');
  });

  it('writes the override, unbinds, probes, and in undo binds to the driver by name', async () => {
    const { kernel, sandbox } = await openHost(shell);
    await sandbox.helper('apply', putPlan(sandbox, BIND_CARD));
    await sandbox.helper('undo', RECEIPT);
    const writes = kernel.writes.map(({ path, text }) => `${path} ${text}`);
    expect(writes.filter((write) => write.includes(GPU))).toEqual([
      `${GPU}/driver_override vfio-pci`,
      `nvidia/unbind ${GPU}`,
      `drivers_probe ${GPU}`,
      `${GPU}/driver_override `,
      `vfio-pci/unbind ${GPU}`,
      `nvidia/bind ${GPU}`,
    ]);
  });

  it('restores an override that was set and leaves a function without driver without one', async () => {
    const { kernel, sandbox } = await openHost(shell);
    kernel.add({ bdf: '0000:02:00.0', group: 9, natives: ['nvme'], override: 'pci-stub' });
    const steps: readonly Step[] = [
      { kind: 'group', bdf: card.bdf, members: ['0000:02:00.0'] },
      { kind: 'driver', card, from: undefined, override: 'pci-stub', to: 'vfio-pci' },
      { kind: 'viable', bdf: card.bdf },
    ];
    await sandbox.helper('apply', putPlan(sandbox, steps));
    expect(kernel.bindings['0000:02:00.0']).toBe('vfio-pci vfio-pci');
    await sandbox.helper('undo', RECEIPT);
    expect(kernel.bindings['0000:02:00.0']).toBe('none pci-stub');
  });

  it('binds a variant of vfio-pci only where the running kernel names it', async () => {
    const { kernel, sandbox } = await openHost(shell);
    kernel.add({ bdf: '0000:02:00.0', group: 9, natives: ['mlx5_core'] });
    const plan = putPlan(sandbox, [
      { kind: 'module', name: 'mlx5_vfio_pci' },
      { kind: 'group', bdf: card.bdf, members: ['0000:02:00.0'] },
      { kind: 'driver', card, from: undefined, override: undefined, to: 'mlx5_vfio_pci' },
      { kind: 'viable', bdf: card.bdf },
    ]);
    const refused = await sandbox.helper('apply', plan);
    expect([outcome(refused), problems(refused)]).toEqual([
      '3 result refused',
      ['no-target mlx5_vfio_pci', 'no-target mlx5_vfio_pci'],
    ]);
    const release = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim();
    const alias = 'vfio_pci:v000010DEd00002204sv*sd*bc*sc*i*';
    sandbox.write(`/usr/lib/modules/${release}/modules.alias`, `alias ${alias} mlx5_vfio_pci\n`);
    expect(outcome(await sandbox.helper('apply', plan))).toBe('0 result applied');
    expect(kernel.bindings['0000:02:00.0']).toBe('mlx5_vfio_pci mlx5_vfio_pci');
    expect(outcome(await sandbox.helper('undo', RECEIPT))).toBe('0 result undone');
    expect(kernel.bindings['0000:02:00.0']).toBe('none (null)');
  });

  it.each(REFUSALS)('refuses and touches nothing when %s', async (_name, change, expected) => {
    const { kernel, sandbox } = await openHost(shell);
    const plan = putPlan(sandbox, BIND_CARD, { bootId: kernel.bootId });
    change(kernel);
    const before = kernel.bindings;
    for (const verb of ['check', 'apply']) {
      const result = await sandbox.helper(verb, plan);
      expect([outcome(result), problems(result)]).toEqual(['3 result refused', expected]);
    }
    expect([kernel.writes, kernel.bindings]).toEqual([[], before]);
  });

  it.each(FAILURES)('gives everything back when %s', async (_name, change, expected, after) => {
    const { kernel, sandbox } = await openHost(shell);
    change(kernel);
    const result = await sandbox.helper('apply', putPlan(sandbox, BIND_CARD));
    expect([outcome(result), problems(result)]).toEqual(['4 result undone', expected]);
    expect(kernel.bindings).toEqual(after ?? FREE);
  });
});

type Kernel = Awaited<ReturnType<typeof openHost>>['kernel'];

const card = {
  bdf: '0000:02:00.0' as typeof GPU,
  ids: '10de:2204',
  subsystem: '1043:87d7',
  classCode: '030000',
  slot: undefined,
};

function device(kernel: Kernel, address: string) {
  const found = kernel.functions.get(address);
  if (found === undefined) throw new Error(`No function at ${address}`);
  return found;
}

const REFUSALS: readonly [string, (kernel: Kernel) => void, readonly string[]][] = [
  [
    'the group has another member since',
    (kernel) => kernel.add({ bdf: '0000:01:00.2', group: 7, driver: 'xhci_hcd' }),
    [`stale-group ${GPU}`],
  ],
  [
    'a member that is no PCI function came to the group',
    (kernel) => kernel.others.set(7, new Map([['AMDI0030:00', undefined]])),
    [`stale-group ${GPU}`],
  ],
  [
    'there is no group because the IOMMU is off',
    (kernel) => [...kernel.functions.values()].forEach((found) => (found.group = -1)),
    [`no-group ${GPU}`],
  ],
  [
    'another card is at the address',
    (kernel) => (device(kernel, GPU).ids = '8086:1533'),
    [`moved ${GPU}`],
  ],
  [
    'the card is in another slot',
    (kernel) => kernel.slots.set('4', '0000:03:00'),
    [`moved ${GPU}`],
  ],
  [
    'the function is gone',
    (kernel) => kernel.functions.delete(AUDIO),
    [`stale-group ${GPU}`, `gone ${AUDIO}`],
  ],
  [
    'another driver has it',
    (kernel) => (device(kernel, GPU).driver = 'nouveau'),
    [`stale-driver ${GPU}`],
  ],
  [
    'somebody set an override',
    (kernel) => (device(kernel, AUDIO).override = 'pci-stub'),
    [`stale-override ${AUDIO}`],
  ],
  ['the host was booted since', (kernel) => kernel.reboot(), ['rebooted plan']],
];

const FAILURES: readonly [
  string,
  (kernel: Kernel) => void,
  readonly string[],
  Readonly<Record<string, string>>?,
][] = [
  [
    'the driver refuses although the probe reports success',
    (kernel) => (device(kernel, AUDIO).faults.refusedBy = ['vfio-pci']),
    [`probe ${AUDIO}`],
  ],
  [
    'the function vanishes when its override is written',
    (kernel) => (device(kernel, AUDIO).faults.vanishesOn = 'driver_override'),
    [`override ${AUDIO}`, `gone ${AUDIO}`],
    { [BRIDGE]: FREE[BRIDGE] ?? '', [GPU]: FREE[GPU] ?? '' },
  ],
  [
    'the function vanishes when it is unbound',
    (kernel) => (device(kernel, AUDIO).faults.vanishesOn = 'unbind'),
    [`gone ${AUDIO}`, `gone ${AUDIO}`],
    { [BRIDGE]: FREE[BRIDGE] ?? '', [GPU]: FREE[GPU] ?? '' },
  ],
  [
    'the function vanishes when it is probed',
    (kernel) => (device(kernel, AUDIO).faults.vanishesOn = 'drivers_probe'),
    [`probe ${AUDIO}`, `gone ${AUDIO}`],
    { [BRIDGE]: FREE[BRIDGE] ?? '', [GPU]: FREE[GPU] ?? '' },
  ],
  [
    'a function with a driver is plugged into the group meanwhile',
    (kernel) => {
      kernel.onWrite = ({ text }) => {
        if (text === AUDIO && !kernel.functions.has('0000:01:00.2')) {
          kernel.add({ bdf: '0000:01:00.2', group: 7, driver: 'xhci_hcd' });
        }
      };
    },
    ['not-viable 0000:01:00.2'],
    { ...FREE, '0000:01:00.2': 'xhci_hcd (null)' },
  ],
];

const APPLIED = [
  `receipt ${RECEIPT}`,
  'step 1 of 5 begin module vfio-pci',
  'step 1 of 5 done module vfio-pci',
  `step 2 of 5 begin group ${GPU}`,
  `step 2 of 5 done group ${GPU}`,
  `step 3 of 5 begin driver ${GPU}`,
  `step 3 of 5 done driver ${GPU}`,
  `step 4 of 5 begin driver ${AUDIO}`,
  `step 4 of 5 done driver ${AUDIO}`,
  `step 5 of 5 begin viable ${GPU}`,
  `step 5 of 5 done viable ${GPU}`,
  'result applied',
  '',
];

const STATUS = `receipt ${RECEIPT} applied
function ${GPU} vfio-pci vfio-pci
function ${AUDIO} vfio-pci vfio-pci
`;
