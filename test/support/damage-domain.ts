/** A way to spoil the text of a domain that was written, and the code that the lint then has. */
export interface Damage {
  readonly code: string;
  readonly spoil: (text: string) => string;
}

const HOSTDEV = /^ {4}<hostdev [^\n]*type='pci'[^]*?^ {4}<\/hostdev>\n/m;

/** What people have in their domains, and the tools accept. A text that has no such part stays. */
export const DAMAGES: readonly Damage[] = [
  { code: 'device-twice', spoil: (text) => text.replace(HOSTDEV, (one) => one + one) },
  {
    code: 'managed-mixed',
    spoil: (text) =>
      text.replace(HOSTDEV, (one) =>
        one.replace(
          /managed='(yes|no)'/,
          (_, word) => `managed='${word === 'yes' ? 'no' : 'yes'}'`,
        ),
      ),
  },
  {
    code: 'balloon-with-vfio',
    spoil: (text) => text.replace("<memballoon model='none'/>", "<memballoon model='virtio'/>"),
  },
  {
    code: 'not-multifunction',
    spoil: (text) => text.replace(HOSTDEV, (one) => one.replace(" multifunction='on'", '')),
  },
  {
    code: 'card-scattered',
    // The second function of the first card, far away.
    spoil: (text) =>
      text.replace(
        /(<hostdev (?:(?!<\/hostdev>)[^])*?<address type='pci' [^>]*bus=')0x[\da-f]+(' slot='0x00' function=')0x1'/,
        "$10x7f$20x0'",
      ),
  },
  {
    code: 'no-function-0',
    spoil: (text) =>
      text.replace(
        /(<hostdev (?:(?!<\/hostdev>)[^])*?<address type='pci' [^>]*function=')0x0'\/>/,
        "$10x3'/>",
      ),
  },
  { code: 'hyperv-incomplete', spoil: (text) => text.replace(/^ *<synic [^\n]*\n/m, '') },
  {
    code: 'hyperv-incomplete',
    spoil: (text) => text.replace(/<vpindex state='on'/, "<vpindex state='off'"),
  },
  {
    code: 'shared-memory-size',
    spoil: (text) => text.replace(/<size unit='M'>\d+<\/size>/, "<size unit='M'>48</size>"),
  },
  {
    code: 'pin-of-no-vcpu',
    spoil: (text) =>
      text.replace(/^( *)<vcpupin /m, "$1<vcpupin vcpu='99' cpuset='0'/>\n$1<vcpupin "),
  },
];
