import { describe, expect, it } from 'vitest';
import { unreadable } from '../../../../shared/fact.ts';
import type { KernelSetup } from '../../../../shared/kernel-setup.ts';
import type { MachineFacts } from '../../../../shared/machine.ts';
import { details } from '../../../support/details.ts';
import {
  makeHost,
  type FunctionNotation,
  type HostNotation,
} from '../../../support/host-notation.ts';
import { machine, NOT_RECORDED } from '../../../support/machine.ts';
import { findings, wish } from '../../../support/wish.ts';

const CARD: FunctionNotation = {
  at: '01:00.0',
  ids: [0x8086, 1],
  details: details({ driver: 'nvme' }),
};

interface Facts {
  readonly setup?: Partial<KernelSetup>;
  readonly loadedModules?: MachineFacts['loadedModules'];
}

function check(facts: Facts, host: Partial<HostNotation> = {}) {
  const whole = machine({ loadedModules: ['nvme'], ...facts });
  return wish(makeHost({ functions: [CARD], machine: whole, ...host }), '01:00.0');
}

describe('secure boot and lockdown', () => {
  it.each<[string, Partial<KernelSetup>, readonly string[]]>([
    ['both off', { isSecureBoot: false, lockdown: 'none' }, []],
    ['a host without EFI', { isSecureBoot: undefined, lockdown: undefined }, []],
    ['secure boot on', { isSecureBoot: true, lockdown: 'none' }, ['note secure-boot']],
    ['lockdown on', { isSecureBoot: undefined, lockdown: 'integrity' }, ['note secure-boot']],
    ['lockdown not readable', { lockdown: unreadable('EACCES') }, ['note secure-boot-unknown']],
    ['secure boot not recorded', { isSecureBoot: NOT_RECORDED }, ['note secure-boot-unknown']],
  ])('%s', (_name, setup, expected) => {
    const answer = check({ setup });
    expect([answer.verdict, findings(answer)]).toEqual(['ready', expected]);
  });
});

describe('built-in drivers', () => {
  it.each<[string, Facts, readonly string[]]>([
    [
      'by modules.builtin',
      { setup: { builtinModules: ['nvme'] }, loadedModules: [] },
      ['note driver-built-in'],
    ],
    ['a loaded module', {}, []],
    ['a kernel without any module', { loadedModules: undefined }, ['note driver-built-in']],
    [
      'not in modules.builtin, and nothing else known',
      { setup: { driverModules: NOT_RECORDED }, loadedModules: NOT_RECORDED },
      [],
    ],
    [
      'a driver without a module among others that have one',
      {
        setup: { builtinModules: NOT_RECORDED, driverModules: { igb: 'igb' } },
        loadedModules: ['igb'],
      },
      ['note driver-built-in'],
    ],
    [
      'a driver whose module is not loaded',
      {
        setup: { builtinModules: NOT_RECORDED, driverModules: { nvme: 'nvme' } },
        loadedModules: ['igb'],
      },
      ['note driver-built-in'],
    ],
    [
      'nobody recorded it',
      {
        setup: { builtinModules: NOT_RECORDED, driverModules: NOT_RECORDED },
        loadedModules: NOT_RECORDED,
      },
      ['note driver-kind-unknown'],
    ],
    ['vfio-pci itself', { setup: { builtinModules: ['vfio_pci'] } }, ['note vfio-built-in']],
  ])('%s', (_name, facts, expected) => {
    expect(findings(check(facts))).toEqual(expected);
  });
});

describe('kernel arguments', () => {
  it.each<[string, string, readonly string[]]>([
    ['none', 'quiet intel_iommu=on', []],
    ['one that does nothing', 'amd_iommu=on', ['note argument-without-effect']],
    ['one that is not needed', 'iommu=pt', ['note argument-not-needed']],
    ['a value that is known', 'amd_iommu=off', []],
    ['a module that is gone', 'rd.driver.pre=vfio_virqfd', ['note module-obsolete']],
  ])('%s', (_name, commandLine, expected) => {
    expect(findings(check({}, { commandLine }))).toEqual(expected);
  });

  it('intel_iommu=on does nothing with an AMD IOMMU, whatever the processor', () => {
    const host = { commandLine: 'intel_iommu=on', cpuVendor: 'AuthenticAMD' };
    expect(findings(check({}, host))).toEqual([]);
    expect(findings(check({}, { ...host, units: ['ivhd0'] }))).toEqual([
      'note argument-without-effect',
    ]);
  });

  it('vfio_virqfd is a module of its own before 6.2', () => {
    const setup = { vfioLines: [{ path: 'etc/modules', line: 'vfio_virqfd' }] };
    expect(findings(check({ setup }, { kernel: '6.1.100' }))).toEqual([]);
    expect(check({ setup }).findings).toMatchObject([
      { code: 'module-obsolete', evidence: 'etc/modules: vfio_virqfd' },
    ]);
  });

  it('a command line that could not be read is said to be unknown', () => {
    const host = makeHost({ functions: [CARD], machine: machine({ loadedModules: ['nvme'] }) });
    const answer = wish({ ...host, commandLine: NOT_RECORDED }, '01:00.0');
    expect(findings(answer)).toEqual(['note command-line-unknown']);
  });
});

describe('GR-14: the ACS override', () => {
  const PORT: FunctionNotation = {
    at: '00:01.0',
    type: 'root-port',
    secondary: 1,
    details: details({ driver: 'pcieport' }),
  };
  const functions = [
    PORT,
    { ...CARD, below: '00:01.0', multifunction: true },
    { ...CARD, at: '01:00.1', ids: [0x8086, 2] as const, below: '00:01.0' },
  ];
  const commandLine = 'pcie_acs_override=downstream,multifunction';

  it('is a risk with what it hides', () => {
    const observed = { '1': ['00:01.0'], '2': ['01:00.0'], '3': ['01:00.1'] };
    const answer = check({}, { functions, commandLine, observed });
    expect(answer.findings.filter(({ code }) => code === 'acs-override')).toMatchObject([
      {
        severity: 'risk',
        title: 'pcie_acs_override hides that 00:01.0 and 01:00.1 are not isolated from 01:00.0',
        evidence: `proc/cmdline: ${commandLine}`,
      },
    ]);
  });

  it('is a note where it hides nothing of the functions', () => {
    const observed = { '1': ['00:01.0', '01:00.0', '01:00.1'] };
    const answer = check({}, { functions, commandLine, observed });
    expect(findings(answer, 'acs-override')).toEqual(['note acs-override']);
  });
});
