import { describe, expect, it } from 'vitest';
import { writeCommandLine } from '../../../../main/vmconfig/qemu/write-command-line.ts';
import type { VmWishInput } from '../../../../shared/vm.ts';
import { fitToGuest, LINE_CHANGES } from '../../../support/vm-tools/fit-to-guest.ts';
import { pci, place } from '../../../support/vm-host.ts';

/** Everything that a wish can have and a guest of the laboratory has not. */
const RICH: Partial<VmWishInput> = {
  guest: 'windows-11',
  devices: pci('01:00.0'),
  disks: [{ path: '/a,b.qcow2' }, { path: '/dev/vg/disk', format: 'raw' }],
  networks: [{ kind: 'bridge', name: 'br0' }],
  display: { kind: 'vnc' },
  input: { kind: 'evdev', keyboard: '/dev/input/by-id/kbd' },
  viommu: 'intel',
};

function written(wish: Partial<VmWishInput>): readonly string[] {
  const { files } = writeCommandLine(place(wish).vm, {
    scope: 'whole',
    vfio: 'iommufd',
    qemuVersion: '10.0.0',
  });
  return JSON.parse(files[1]?.text ?? '') as readonly string[];
}

/** Values of an option, in their order. */
function valuesOf(argv: readonly string[], option: string): readonly string[] {
  return argv.flatMap((word, at) => (word === option ? [argv[at + 1] ?? ''] : []));
}

describe('a command line for a guest of the laboratory', () => {
  const argv = written(RICH);
  const fitted = fitToGuest(argv, 4440);

  it('keeps every device but the TPM word by word, and so the places and what is given away', () => {
    const kept = valuesOf(argv, '-device').filter((word) => !word.startsWith('tpm-'));
    expect(valuesOf(fitted.argv, '-device')).toEqual(kept);
    expect(kept.filter((word) => word.startsWith('vfio-pci'))).toHaveLength(4);
    expect(valuesOf(fitted.argv, '-object')).toContain('iommufd,id=iommufd0');
    expect(valuesOf(fitted.argv, '-drive')).toEqual(valuesOf(argv, '-drive'));
  });

  it('asks for nothing that the guest has not', () => {
    const words = fitted.argv.join(' ');
    for (const absent of ['accel=kvm', 'host,', 'hv-time=on', 'br0', '/a,,b', '/dev/', 'tpm']) {
      expect(words).not.toContain(absent);
    }
    expect(valuesOf(fitted.argv, '-m')).toEqual(['size=64M']);
    expect(valuesOf(fitted.argv, '-netdev')).toEqual(['user,id=net0']);
    expect(valuesOf(fitted.argv, '-blockdev')).toEqual([
      'driver=null-co,node-name=file0,size=1048576',
      'driver=raw,node-name=disk0,file=file0,discard=unmap',
      'driver=null-co,node-name=file1,size=1048576',
      'driver=raw,node-name=disk1,file=file1,discard=unmap',
    ]);
    expect(valuesOf(fitted.argv, '-qmp')).toEqual(['tcp:127.0.0.1:4440,server=on,wait=off']);
    expect(fitted.argv.at(-1)).toBe('-S');
  });

  it('tells each change that it made, and no other', () => {
    const all = [...new Set(LINE_CHANGES.map(({ change }) => change))];
    expect(fitted.changes).toEqual(all);
    const plain = fitToGuest(written({ devices: pci('02:00.0'), firmware: 'bios' }), 1).changes;
    expect(all.filter((change) => !plain.includes(change))).toEqual([
      'disks to empty ones',
      'taps to user networking',
      'TPM left out',
      'screens and seats left out',
    ]);
  });

  it('makes memory of hugepages and nodes small and ordinary', () => {
    const huge = fitToGuest(written({ pages: '2M', devices: pci('02:00.0') }), 1);
    expect(valuesOf(huge.argv, '-object')).toContain('memory-backend-ram,id=ram0,size=64M');
  });
});
