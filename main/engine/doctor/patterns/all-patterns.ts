import type { LogPattern } from '../log-pattern.ts';
import { DMA_FAULTS } from './dma-faults.ts';
import { HARMLESS } from './harmless.ts';
import { IOMMUFD } from './iommufd.ts';
import { IOMMU_OFF } from './iommu-off.ts';
import { POWER_AND_LINK } from './power-and-link.ts';
import { QEMU_AND_LIBVIRT } from './qemu-and-libvirt.ts';
import { VFIO_KERNEL } from './vfio-kernel.ts';

/** Every line that is known, one file a subject; the first that matches a line counts. */
export const LOG_PATTERNS: readonly LogPattern[] = [
  ...IOMMU_OFF,
  ...DMA_FAULTS,
  ...POWER_AND_LINK,
  ...VFIO_KERNEL,
  ...QEMU_AND_LIBVIRT,
  ...IOMMUFD,
  ...HARMLESS,
];
