import type { PlacedVm } from '../../../shared/placed-vm.ts';
import { fileName } from '../file-name.ts';
import { option, type QemuOption } from './options.ts';

/** Files of the firmware: code that all machines share, and variables of which each has a copy. */
export interface FirmwareFiles {
  readonly code: string;
  /** What the copy is made of. */
  readonly variables: string;
  readonly copy: string;
}

/** As Debian and Ubuntu have them (packages ovmf and qemu-efi-aarch64); `ms`: with Microsoft's keys. */
const FILES = {
  plain: ['/usr/share/OVMF/OVMF_CODE_4M.fd', '/usr/share/OVMF/OVMF_VARS_4M.fd'],
  secure: ['/usr/share/OVMF/OVMF_CODE_4M.ms.fd', '/usr/share/OVMF/OVMF_VARS_4M.ms.fd'],
  arm: ['/usr/share/AAVMF/AAVMF_CODE.fd', '/usr/share/AAVMF/AAVMF_VARS.fd'],
} as const;

/** @returns `undefined` for BIOS, which QEMU brings. */
export function firmwareFiles({
  name,
  firmware,
  architecture,
}: PlacedVm): FirmwareFiles | undefined {
  if (firmware.kind === 'bios') return undefined;
  const kind = architecture === 'aarch64' ? 'arm' : firmware.isSecure === true ? 'secure' : 'plain';
  const [code, variables] = FILES[kind];
  return { code, variables, copy: `${fileName(name)}_VARS.fd` };
}

export function firmwarePart(vm: PlacedVm): readonly QemuOption[] {
  const files = firmwareFiles(vm);
  if (files === undefined) return [];
  const flash = { if: 'pflash', format: 'raw' };
  return [
    option('drive', undefined, { ...flash, unit: 0, readonly: true, file: files.code }),
    option('drive', undefined, { ...flash, unit: 1, file: files.copy }),
  ];
}
