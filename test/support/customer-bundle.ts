import { gzipSync } from 'node:zlib';
import { packTar } from './pack-tar.ts';

const LSPCI = `00:01.0 PCI bridge [0604]: Intel Corporation PCIe Controller (x16) [8086:1901] (rev 07)
\tBus: primary=00, secondary=01, subordinate=01, sec-latency=0
\tKernel driver in use: pcieport

01:00.0 VGA compatible controller [0300]: NVIDIA Corporation GA102 [10de:2206] (rev a1)
\tKernel driver in use: nouveau
`;
const DMESG = `[    0.000000] Linux version 6.1.0-21-amd64 (root@customer-pve)
[    0.512000] pci 0000:00:01.0: Adding to iommu group 1
[    0.512001] pci 0000:01:00.0: Adding to iommu group 1
`;
/** The line for which a customer asks. */
export const NOT_VIABLE =
  'qemu-system-x86_64: -device vfio-pci,host=01:00.0: vfio 0000:01:00.0: group 1 is not viable';

/**
 * A sosreport of a host called `customer-pve`, with the log of a machine that did not start.
 *
 * @param guestLog - Left out: the bundle has no such log.
 */
export async function customerBundle(guestLog?: string): Promise<Buffer> {
  const top = 'sosreport-customer-pve-2026-01-01-abcdefg';
  const file = (name: string, content: string) => ({ name: `${top}/${name}`, content });
  return gzipSync(
    await packTar([
      file('etc/hostname', 'customer-pve\n'),
      file('sos_commands/pci/lspci_-nnvv', LSPCI),
      file('sos_commands/kernel/dmesg', DMESG),
      ...(guestLog === undefined ? [] : [file('var/log/libvirt/qemu/win10.log', guestLog)]),
    ]),
  );
}
