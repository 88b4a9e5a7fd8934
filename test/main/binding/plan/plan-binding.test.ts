import { describe, expect, it } from 'vitest';
import type { BootPlan, PlanNextBoot } from '../../../../main/binding/plan/binding-wish.ts';
import type { Step } from '../../../../main/binding/plan/step.ts';
import { unreadable } from '../../../../shared/fact.ts';
import type { Host } from '../../../../shared/host.ts';
import { planSchema } from '../../../../shared/plan.ts';
import { err, ok } from '../../../../shared/result.ts';
import { makeHost } from '../../../support/host-notation.ts';
import { machine, block } from '../../../support/machine.ts';
import { linesOf, planFor } from '../../../support/plan-for.ts';
import {
  CHIPSET_HOST,
  CONVENTIONAL_HOST,
  fn,
  GPU_HOST,
  NIC_HOST,
  NVME_HOST,
  port,
} from '../../../support/typical-hosts.ts';

describe('a plan', () => {
  it.each<[string, Host, readonly string[], readonly string[]]>([
    [
      'takes the audio function with the GPU, guards the slot, and has a timer',
      GPU_HOST,
      ['01:00.0'],
      [
        'timer run 10',
        'module vfio-pci',
        'group 0000:01:00.0 0000:00:01.0,0000:01:00.0,0000:01:00.1',
        'driver 0000:01:00.0 10de:2204 1043:87d7 030000 4 nvidia none vfio-pci',
        'driver 0000:01:00.1 10de:1aef 1043:87d7 040300 4 snd_hda_intel snd_hda_intel vfio-pci',
        'viable 0000:01:00.0',
      ],
    ],
    [
      "takes the kernel's own VFIO driver for a network card",
      NIC_HOST,
      ['01:00.2'],
      [
        'timer run 10',
        'module mlx5_vfio_pci',
        'group 0000:01:00.2 0000:01:00.2',
        'driver 0000:01:00.2 15b3:101e 1043:87d7 020000 - mlx5_core none mlx5_vfio_pci',
        'viable 0000:01:00.2',
      ],
    ],
    [
      'leaves the port of an NVMe drive where it is',
      NVME_HOST,
      ['02:00.0'],
      [
        'module vfio-pci',
        'group 0000:02:00.0 0000:00:1d.0,0000:02:00.0',
        'driver 0000:02:00.0 144d:a80a 1043:87d7 010802 - nvme none vfio-pci',
        'viable 0000:02:00.0',
      ],
    ],
    [
      "takes what has a driver in a chipset's group, and nothing else",
      CHIPSET_HOST,
      ['00:14.0'],
      [
        'module vfio-pci',
        'group 0000:00:14.0 0000:00:14.0,0000:00:17.0,0000:00:1f.4',
        'driver 0000:00:14.0 8086:a36d 1043:87d7 0c0330 - xhci_hcd none vfio-pci',
        'driver 0000:00:17.0 8086:a352 1043:87d7 010601 - ahci none vfio-pci',
        'viable 0000:00:14.0',
      ],
    ],
    [
      'leaves a conventional bridge and a card without driver behind it',
      CONVENTIONAL_HOST,
      ['05:01.0'],
      [
        'module vfio-pci',
        'group 0000:05:01.0 0000:04:00.0,0000:05:01.0,0000:05:02.0',
        'driver 0000:05:01.0 1102:0002 1043:87d7 040100 - snd_emu10k1 none vfio-pci',
        'viable 0000:05:01.0',
      ],
    ],
  ])('%s', (_name, host, asked, lines) => {
    const plan = planFor(host, asked);
    expect(linesOf(plan)).toEqual(lines);
    expect(planSchema.parse(plan.ok && plan.value)).toEqual(plan.ok && plan.value);
  });

  it('says what moves, what stays and why, and how each step is undone', () => {
    const plan = planFor(GPU_HOST, ['01:00.0']);
    if (!plan.ok) throw new Error(plan.error.message);
    const { moves, stays, steps, groups, timerMinutes, boundTo } = plan.value;
    expect({ moves, stays, groups, timerMinutes, boundTo }).toEqual({
      moves: [
        {
          bdf: '0000:01:00.0',
          name: '0000:01:00.0',
          from: 'nvidia',
          to: 'vfio-pci',
          isAsked: true,
          by: 'driver',
        },
        {
          bdf: '0000:01:00.1',
          name: '0000:01:00.1',
          from: 'snd_hda_intel',
          to: 'vfio-pci',
          isAsked: false,
          by: 'driver',
        },
      ],
      stays: [
        {
          member: '0000:00:01.0',
          name: '0000:00:01.0',
          driver: 'pcieport',
          reason: 'vfio-pci takes no bridges, and a bridge that stays does no harm',
        },
      ],
      groups: [{ id: '2', members: ['0000:00:01.0', '0000:01:00.0', '0000:01:00.1'] }],
      timerMinutes: 10,
      boundTo: { machine: 'any', boot: 'any', kernel: '6.12.117+deb13-amd64' },
    });
    expect(steps[3]).toEqual({
      line: 'driver 0000:01:00.0 10de:2204 1043:87d7 030000 4 nvidia none vfio-pci',
      expects:
        'At 01:00.0 is the card 10de:2204, subsystem 1043:87d7, class 030000, in physical slot 4; nvidia has it; its driver_override is not set; nobody holds it open.',
      effect:
        'Sets driver_override to vfio-pci, takes 01:00.0 from nvidia and has vfio-pci take it, and looks whether it did.',
      undo: 'Puts driver_override back (not set), takes 01:00.0 from vfio-pci and gives it back to nvidia by name.',
    });
  });

  it('explains binding by ids only where they are unique', () => {
    const notes = (host: Host, at: string) => {
      const plan = planFor(host, [at]);
      return plan.ok ? plan.value.notes.filter((note) => note.includes('ids')).join() : '';
    };
    expect(notes(GPU_HOST, '01:00.0')).toContain('vfio-pci.ids=10de:2204,10de:1aef');
    expect(notes(NVME_HOST, '02:00.0')).toContain('no alternative here: 03:00.0');
    expect(notes(NVME_HOST, '02:00.0')).not.toContain('vfio-pci.ids=');
  });

  it('has the same id for the same steps, and another for another boot', () => {
    const id = (bootId?: string) => {
      const plan = planFor(GPU_HOST, ['01:00.0'], { facts: { bootId } });
      return plan.ok ? plan.value.id : plan.error.message;
    };
    const boot = '11111111-2222-4333-8444-555555555555';
    expect(id()).toMatch(/^[0-9a-f]{16}$/);
    expect([id(), id(boot)]).toEqual([id(), id(boot)]);
    expect(id()).not.toBe(id(boot));
  });

  it('names members of other buses as the kernel lists them, and says that they are not known', () => {
    const host: Host = {
      ...NVME_HOST,
      observedGroups: [
        { id: '1', members: ['0000:00:1d.0', '0000:02:00.0', 'platform:AMDI0030:00'] },
      ],
    };
    const plan = planFor(host, ['02:00.0']);
    expect(linesOf(plan)[1]).toBe('group 0000:02:00.0 0000:00:1d.0,0000:02:00.0,AMDI0030:00');
    expect(plan.ok && plan.value.notes[0]).toContain('Whether platform:AMDI0030:00 lets the group');
  });

  it('says 0000:0000 for a card without subsystem, as the kernel does', () => {
    const functions = NVME_HOST.functions.map((found) => ({ ...found, subsystem: undefined }));
    expect(linesOf(planFor({ ...NVME_HOST, functions }, ['02:00.0']))[2]).toBe(
      'driver 0000:02:00.0 144d:a80a 0000:0000 010802 - nvme none vfio-pci',
    );
  });

  it('leaves what VFIO has already', () => {
    const plan = planFor(withDriver(GPU_HOST, '0000:01:00.1', 'vfio-pci'), ['01:00.0']);
    expect(linesOf(plan).filter((line) => line.startsWith('driver'))).toEqual([
      'driver 0000:01:00.0 10de:2204 1043:87d7 030000 4 nvidia none vfio-pci',
    ]);
    expect(plan.ok && plan.value.moves.map(({ by }) => by)).toEqual(['driver', 'already']);
  });

  it('takes the steps and files of the boot besides, or alone', () => {
    const { planNextBoot, bootPlan } = plannedBoot();
    const both = planFor(NVME_HOST, ['02:00.0'], { planNextBoot });
    const alone = planFor(NVME_HOST, ['02:00.0'], { planNextBoot, isNow: false });
    const boot = ['timer boot 20', 'install revert-service absent', 'rebuild dracut'];
    expect(linesOf(alone)).toEqual(boot);
    expect([linesOf(both)[0], linesOf(both).at(-1)]).toEqual([boot[0], boot[2]]);
    expect([both.ok && both.value.when, alone.ok && alone.value.when]).toEqual([
      ['now', 'boot'],
      ['boot'],
    ]);
    expect(alone.ok && [alone.value.boot, alone.value.fileChanges]).toEqual([
      bootPlan.boot,
      bootPlan.fileChanges,
    ]);
  });

  it('has no steps where all is done by hand, and an id that follows what is done', () => {
    const idOf = (instruction: string) => {
      const { planNextBoot } = plannedBoot({ steps: [], instructions: [instruction] });
      const plan = planFor(NVME_HOST, ['02:00.0'], { planNextBoot, isNow: false });
      return plan.ok && [plan.value.steps.length, plan.value.id];
    };
    expect(idOf('mkinitcpio -P')).toEqual([0, expect.stringMatching(/^[0-9a-f]{16}$/)]);
    expect(idOf('mkinitcpio -P')).not.toEqual(idOf('mkinitcpio -p linux'));
  });

  it('hands all that moves to the boot, what VFIO has already, too', () => {
    const host = withDriver(GPU_HOST, '0000:01:00.1', 'vfio-pci');
    const seen: string[] = [];
    const planNextBoot: PlanNextBoot = (moves) => {
      seen.push(...moves.map(({ bdf, bootTarget }) => `${bdf} ${bootTarget}`));
      return plannedBoot().planNextBoot();
    };
    expect(planFor(host, ['01:00.0'], { planNextBoot, isNow: false }).ok).toBe(true);
    expect(seen).toEqual(['0000:01:00.0 vfio-pci', '0000:01:00.1 vfio-pci']);
  });

  it('is refused with the reason of the boot', () => {
    const reason = { code: 'undecided-loader', subjects: [], text: 'Two loaders' };
    const planNextBoot: PlanNextBoot = () => err(reason);
    const plan = planFor(NVME_HOST, ['02:00.0'], { planNextBoot });
    expect(plan.ok ? [] : plan.error.reasons).toEqual([reason]);
  });
});

describe('there is no plan', () => {
  const nvme = fn('02:00.0', 0x010802, 'nvme', { below: '00:1d.0' });
  const observed = { '1': ['00:1d.0', '02:00.0'] };
  const hostOf = (...functions: Parameters<typeof makeHost>[0]['functions']) =>
    makeHost({ functions: [port('00:1d.0', 2), ...functions], observed, machine: machine() });

  it.each<[string, Host, readonly string[], readonly string[]]>([
    [
      'with the IOMMU off, and one reason says so',
      makeHost({ functions: [nvme], units: [], acpiTables: ['DMAR'], machine: machine() }),
      ['02:00.0'],
      ['refused', 'iommu-off 0000:02:00.0'],
    ],
    [
      'where the source shows no groups',
      makeHost({ functions: [nvme], machine: machine() }),
      ['02:00.0'],
      ['unknown-facts', 'groups-not-shown 0000:02:00.0'],
    ],
    ['for a bridge', hostOf(nvme), ['00:1d.0'], ['refused', 'is-bridge 0000:00:1d.0']],
    [
      'where a bridge of the chipset would have to move',
      makeHost({
        functions: [
          fn('00:1f.0', 0x060100, 'lpc_ich', { type: 'rciep' }),
          fn('00:1f.3', 0x040300, 'snd_hda_intel', { type: 'rciep' }),
        ],
        observed: { '8': ['00:1f.0', '00:1f.3'] },
        machine: machine(),
      }),
      ['00:1f.3'],
      ['refused', 'chipset-bridge 0000:00:1f.0'],
    ],
    [
      'where the driver of a bridge keeps the group from being viable',
      makeHost({
        functions: [port('00:1d.0', 2, 'shpchp'), nvme],
        observed,
        machine: machine(),
      }),
      ['02:00.0'],
      ['refused', 'member-blocks 0000:00:1d.0'],
    ],
    [
      'where driver and driver_override were not read',
      hostOf({ at: '02:00.0', below: '00:1d.0', classCode: 0x010802 }),
      ['02:00.0'],
      ['unknown-facts', 'unknown-fact 0000:02:00.0', 'unknown-fact 0000:02:00.0'],
    ],
    [
      'where a driver_override could not be read',
      hostOf(fn('02:00.0', 0x010802, 'nvme', { facts: { driverOverride: unreadable('EACCES') } })),
      ['02:00.0'],
      ['unknown-facts', 'unknown-fact 0000:02:00.0'],
    ],
    [
      'where its subsystem could not be read',
      hostOf({ ...nvme, subsystem: unreadable('EACCES') }),
      ['02:00.0'],
      ['unknown-facts', 'unknown-fact 0000:02:00.0'],
    ],
    [
      'where VFIO has all of it',
      hostOf(fn('02:00.0', 0x010802, 'vfio-pci')),
      ['02:00.0'],
      ['nothing-to-do', 'nothing-to-do 0000:02:00.0'],
    ],
    [
      'where the format cannot carry the name of a driver',
      hostOf(fn('02:00.0', 0x010802, 'a driver')),
      ['02:00.0'],
      ['refused', 'not-expressible '],
    ],
  ])('%s', (_name, host, asked, expected) => {
    expect(linesOf(planFor(host, asked))).toEqual(expected);
  });

  it('for the disk of the host, unless its address is typed; then there is a timer', () => {
    const host: Host = {
      ...NVME_HOST,
      machine: machine({
        storage: {
          blocks: [block('nvme0n1', ['0000:02:00.0'])],
          mounts: [
            { mountPoint: '/', source: '/dev/nvme0n1', fileSystem: 'ext4', number: undefined },
          ],
        },
      }),
    };
    const refused = planFor(host, ['02:00.0']);
    expect(
      refused.ok ? [] : refused.error.reasons.map(({ code, overridable }) => [code, overridable]),
    ).toEqual([['root-disk', ['0000:02:00.0']]]);
    expect(planFor(host, ['02:00.0'], { overrides: ['03:00.0'] }).ok).toBe(false);
    const plan = planFor(host, ['02:00.0'], { overrides: ['02:00.0'] });
    expect(linesOf(plan)[0]).toBe('timer run 10');
    expect(plan.ok && [plan.value.verdict, plan.value.overrides]).toEqual([
      'blocked',
      ['0000:02:00.0'],
    ]);
  });

  it('for a physical function with virtual ones, whatever is typed: the kernel refuses', () => {
    const host = hostOf(fn('02:00.0', 0x020000, 'igb', { facts: { sriovNumVfs: 2 } }));
    const plan = planFor(host, ['02:00.0'], { overrides: ['02:00.0'] });
    expect(linesOf(plan)).toEqual(['refused', 'vfs-enabled 0000:02:00.0']);
  });
});

function withDriver(host: Host, address: string, driver: string): Host {
  return {
    ...host,
    functions: host.functions.map((found) =>
      found.bdf === address && found.details
        ? { ...found, details: { ...found.details, driver } }
        : found,
    ),
  };
}

function plannedBoot(given: { steps?: readonly Step[]; instructions?: string[] } = {}) {
  const used = {
    used: 'dracut',
    isChosen: false,
    reason: 'only one',
    installed: [],
    evidence: [],
    proof: 'built' as const,
  };
  const steps: readonly Step[] = [
    { kind: 'timer', when: 'boot', minutes: 20 },
    { kind: 'install', name: 'revert-service', before: undefined },
    { kind: 'rebuild', stack: 'dracut' },
  ];
  const bootPlan: BootPlan = {
    steps: given.steps ?? steps,
    boot: {
      initramfs: used,
      bindsBy: 'hook',
      hasEntry: false,
      arguments: [],
      proof: 'built',
      isExact: true,
      instructions: given.instructions ?? [],
      undoInstructions: [],
    },
    fileChanges: [{ path: 'etc/x', by: 'helper', diff: '+x\n', undoDiff: '-x\n' }],
    notes: [],
  };
  return { bootPlan, planNextBoot: () => ok(bootPlan) };
}
