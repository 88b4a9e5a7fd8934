import type { Damage } from './damage-domain.ts';

const VFIO = / +-device +'?vfio-pci,host=[^\n]*\n/;

/** A way to spoil a command line that was written; a text that has no such part stays. */
export const COMMAND_LINE_DAMAGES: readonly Damage[] = [
  { code: 'device-twice', spoil: (text) => text.replace(VFIO, (one) => one + one) },
  {
    code: 'balloon-with-vfio',
    spoil: (text) =>
      text.replace(VFIO, (one) => `${one}  -device virtio-balloon-pci,id=balloon0 \\\n`),
  },
  {
    code: 'not-multifunction',
    spoil: (text) => text.replace(VFIO, (one) => one.replace(',multifunction=on', '')),
  },
  {
    code: 'not-multifunction',
    spoil: (text) =>
      text.replace(VFIO, (one) => one.replace('multifunction=on', 'multifunction=off')),
  },
  {
    code: 'card-scattered',
    // The second function of the first card, on the root bus.
    spoil: (text) =>
      text.replace(
        /(vfio-pci,host=0000:01:00\.1,[^\n]*?)bus=rp\d+,addr=0x0\.0x1/,
        '$1bus=pcie.0,addr=0x1c.0x0',
      ),
  },
  {
    code: 'no-function-0',
    spoil: (text) =>
      text.replace(VFIO, (one) => one.replace(/addr=0x0\.0x0(?!,multi)/, 'addr=0x0.0x3')),
  },
  {
    code: 'on-root-bus',
    spoil: (text) =>
      text.replace(VFIO, (one) =>
        one.replace(/bus=rp\d+,addr=0x0\.0x0(?!,multi)/, 'bus=pcie.0,addr=1d'),
      ),
  },
  {
    code: 'chassis-twice',
    spoil: (text) => text.replace(/(pcie-root-port,id=rp2,chassis=)2/, '$11'),
  },
  { code: 'hyperv-incomplete', spoil: (text) => text.replace(/,hv[-_]synic(=on)?/, '') },
  {
    code: 'hyperv-incomplete',
    spoil: (text) => text.replace(/,hv([-_])vpindex(=on)?/, ',hv$1vpindex=off'),
  },
  {
    code: 'shared-memory-size',
    spoil: (text) => text.replace(/(memory-backend-file,[^\n]*size=)\d+M?/, '$148M'),
  },
];

const HOSTPCI = /^.*\bhostpci0:? .*\n/m;

/** The same of a Proxmox machine, of a script and of a configuration. */
export const PROXMOX_DAMAGES: readonly Damage[] = [
  {
    code: 'device-twice',
    spoil: (text) => text.replace(HOSTPCI, (one) => one + one.replace('hostpci0', 'hostpci14')),
  },
  {
    code: 'card-scattered',
    spoil: (text) =>
      text.replace(HOSTPCI, (one) => {
        const [head, ...rest] = (/\d{4}:[\da-f:.;]+/.exec(one)?.[0] ?? '').split(';');
        const [last] = rest.slice(-1);
        if (head === undefined || last === undefined) return one;
        return (
          one.replace(`;${last}`, '') +
          one.replace('hostpci0', 'hostpci15').replace(/'?\d{4}:[^\n]*/, `${last},pcie=1`)
        );
      }),
  },
  { code: 'balloon-with-vfio', spoil: (text) => text.replace(/^.*\bballoon:? 0\n/m, '') },
  {
    code: 'machine-without-pcie',
    spoil: (text) => text.replace(/^(.*\bmachine:? )'?q35[^\n]*/m, '$1pc'),
  },
];
