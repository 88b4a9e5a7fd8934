import { describe, expect, it } from 'vitest';
import type { TargetOptions } from '../../../../main/vmconfig/generator.ts';
import { writeCommandLine } from '../../../../main/vmconfig/qemu/write-command-line.ts';
import type { VmWishInput } from '../../../../shared/vm.ts';
import { pci, place } from '../../../support/vm-host.ts';

const OPTIONS: TargetOptions = { scope: 'whole', vfio: 'group', qemuVersion: '7.2.0' };

function write(wish: Partial<VmWishInput>, options: Partial<TargetOptions> = {}) {
  const generated = writeCommandLine(place(wish).vm, { ...OPTIONS, ...options });
  const argv = JSON.parse(generated.files[1]?.text ?? '') as readonly string[];
  return { ...generated, argv, devices: argv.filter((word) => word.startsWith('vfio-pci')) };
}

describe('devices of the host', () => {
  it('are functions of slot 0 below their port', () => {
    expect(write({ devices: pci('01:00.0') }).devices).toEqual([
      'vfio-pci,host=0000:01:00.0,id=hostdev0,bus=rp1,addr=0x0.0x0,multifunction=on',
      'vfio-pci,host=0000:01:00.1,id=hostdev1,bus=rp1,addr=0x0.0x1',
      'vfio-pci,host=0000:01:00.2,id=hostdev2,bus=rp1,addr=0x0.0x2',
      'vfio-pci,host=0000:01:00.3,id=hostdev3,bus=rp1,addr=0x0.0x3',
    ]);
  });

  it('come after the IOMMU of the guest', () => {
    const { argv } = write({ devices: pci('02:00.0'), viommu: 'intel' });
    const first = (start: string) => argv.findIndex((word) => word.startsWith(start));
    expect(first('intel-iommu')).toBeGreaterThan(0);
    expect(first('intel-iommu')).toBeLessThan(first('vfio-pci'));
    expect(argv.join(' ')).toContain('kernel-irqchip=split');
  });

  it.each([
    ['9.0.2', true],
    ['8.2.0', false],
    [undefined, false],
  ])('go through iommufd with QEMU %s: %s', (qemuVersion, isUsed) => {
    const { qemuVersion: _known, ...unknown } = OPTIONS;
    const version = qemuVersion === undefined ? {} : { qemuVersion };
    const { vm } = place({ devices: pci('02:00.0') });
    const { files, unsupported } = writeCommandLine(vm, {
      ...unknown,
      vfio: 'iommufd',
      ...version,
    });
    expect(files[1]?.text.includes('"iommufd,id=iommufd0"')).toBe(isUsed);
    expect(unsupported).toHaveLength(isUsed ? 0 : 1);
  });

  it('have commas in paths twice', () => {
    const devices = [{ kind: 'pci' as const, bdf: '02:00.0', romFile: '/a,b=c.rom' }];
    expect(write({ devices }).devices[0]).toContain('romfile=/a,,b=c.rom');
  });
});

describe('what QEMU does not do itself is said', () => {
  it('for virtual functions and networks', () => {
    const { notes, unsupported } = write({
      devices: [{ kind: 'vf', bdf: '04:01.0', vlan: 7 }],
      networks: [{ kind: 'network', name: 'lab' }],
    });
    expect(unsupported.map(({ path }) => path)).toEqual(['hostDevices[0]']);
    expect(unsupported[0]?.text).toContain('vlan 7');
    expect(notes.map(({ path }) => path)).toEqual(['firmware', 'networks[0]', 'networks[0].mac']);
  });
});

describe('the script', () => {
  it('pins each thread of a processor, and the others to what is left', () => {
    const script = write({ devices: pci('01:00.0'), cpus: 2 }).files[0]?.text ?? '';
    expect(script).toContain('taskset -a -c -p 5-7,13-15 "$pid"');
    expect(script).toContain(`'CPU 1/KVM') taskset -c -p 12 "\${task##*/}" ;;`);
  });

  it('quotes whatever a name holds', () => {
    const script = write({ name: `it's $(x) \`y\`` }).files[0]?.text ?? '';
    expect(script).toContain(`-name 'guest=it'\\''s $(x) \`y\`,debug-threads=on'`);
  });
});

describe('a fragment', () => {
  it('has the ports and devices only', () => {
    const { argv } = write(
      { devices: pci('02:00.0'), disks: [{ path: '/a' }] },
      { scope: 'fragment' },
    );
    expect(argv.filter((word) => word !== '-device').map((word) => word.split(',')[0])).toEqual([
      'pcie-root-port',
      'vfio-pci',
    ]);
  });
});
