import type { PlacedVm } from '../../../shared/placed-vm.ts';
import { readOptions, sharedMemoryOf, windowOf } from './qemu-options.ts';

/** What arguments that go to QEMU as they are say. */
export type ExtraArguments = Pick<PlacedVm, 'sharedMemory' | 'mmio64Mib'> & {
  readonly left: readonly string[];
};

export function extraArguments(words: readonly string[]): ExtraArguments {
  const options = readOptions(words);
  const sharedMemory = sharedMemoryOf(options);
  const mmio64Mib = windowOf(options);
  const isKnown = (name: string, driver: string) =>
    (sharedMemory !== undefined && /^(ivshmem-plain|memory-backend-file)$/.test(driver)) ||
    (mmio64Mib !== undefined && name === 'fw_cfg');
  return {
    ...(sharedMemory !== undefined && { sharedMemory }),
    ...(mmio64Mib !== undefined && { mmio64Mib }),
    left: options
      .filter(({ name, head }) => !isKnown(name, head))
      .map(({ name, head }) => `-${name} ${head}`.trim()),
  };
}
