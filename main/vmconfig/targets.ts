import type { VmTarget } from '../../shared/vm-report.ts';
import type { Generator } from './generator.ts';
import { writeDomain } from './libvirt/write-domain.ts';
import { writeCommandLine } from './qemu/write-command-line.ts';

/** Every target and its generator: the only list, checked against the names in `shared`. */
export const TARGETS: Readonly<Record<VmTarget, Generator>> = {
  libvirt: writeDomain,
  qemu: writeCommandLine,
};
