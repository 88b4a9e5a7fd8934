import type { PlacedVm } from '../../../shared/placed-vm.ts';

/**
 * Memory of the module kvmfr as arguments of QEMU, in JSON: libvirt writes its own devices in JSON,
 * and QEMU makes every device of the older form before any of those, on buses that are not there yet.
 *
 * @see Looking Glass documentation, "Kernel module"
 */
export function kvmfrArguments({ sharedMemory }: PlacedVm): readonly string[] {
  if (sharedMemory?.backing !== 'kvmfr') return [];
  const memory = {
    'qom-type': 'memory-backend-file',
    id: 'looking-glass',
    'mem-path': '/dev/kvmfr0',
    size: sharedMemory.sizeMib * 1024 * 1024,
    share: true,
  };
  const device = { driver: 'ivshmem-plain', id: 'shmem0', memdev: 'looking-glass' };
  return ['-object', JSON.stringify(memory), '-device', JSON.stringify(device)];
}
