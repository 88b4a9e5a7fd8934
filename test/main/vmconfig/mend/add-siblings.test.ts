import { describe, expect, it } from 'vitest';
import { lintConfiguration } from '../../../../main/backend/lint-configuration.ts';
import { fn } from '../../../support/typical-hosts.ts';
import { VM_FUNCTIONS, vmHost } from '../../../support/vm-host.ts';

/** All four functions of the card are with drivers of the host, and in one group. */
const CLASSES = [0x030000, 0x040300, 0x0c0330, 0x0c8000];

function host(last: { readonly classCode?: number; readonly vendor?: number } = {}) {
  const { classCode = CLASSES[3] ?? 0, vendor = 0x10de } = last;
  return vmHost([
    ...VM_FUNCTIONS.filter(({ at }) => !at.startsWith('01:')),
    ...CLASSES.map((code, index) =>
      fn(`01:00.${index}`, index === 3 ? classCode : code, 'of_host', {
        ids: [index === 3 ? vendor : 0x10de, 0x1e04 + index],
        below: '00:01.0',
        multifunction: true,
      }),
    ),
  ]);
}

function lint(text: string, on = host()) {
  const found = lintConfiguration(text, on);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

const CARD = [0, 1, 2, 3].map((one) => `0000:01:00.${one}`);

const hostdev = (managed: string) => `<domain type='kvm'>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <hostdev mode='subsystem' type='pci' managed='${managed}'>
      <source><address domain='0' bus='1' slot='0' function='0'/></source>
      <address type='pci' bus='1' slot='0' function='0'/>
    </hostdev>
    <memballoon model='none'/>
  </devices>
</domain>
`;
const command = (more = '') =>
  `qemu-system-x86_64 -M q35${more} -device pcie-root-port,id=a,chassis=1 \\\n  -device vfio-pci,host=01:00.1,bus=a,addr=0x0,iommufd=f\n`;
const machine = 'balloon: 0\nmachine: q35\nhostpci0: 01:00.0;01:00.1,pcie=1,x-vga=1\nostype: l26\n';

describe('functions that must move along', () => {
  it.each([
    ['a libvirt domain', hostdev('yes')],
    ['a command line of QEMU', command()],
    ['a machine of Proxmox', machine],
  ])('are added to %s, and nothing else is', (_name, text) => {
    const { mended, findings } = lint(text);
    expect(findings.map(({ code }) => code)).toContain('group-half-taken');
    const after = lint(mended?.text ?? '');
    expect(after.functions.toSorted()).toEqual(CARD);
    expect(after.findings.map(({ code }) => code)).not.toContain('group-half-taken');
    expect([after.mended, mended?.codes]).toEqual([
      undefined,
      expect.arrayContaining(['group-half-taken']),
    ]);
    const had = new Set(findings.map(({ code }) => code));
    expect(after.findings.filter(({ code }) => !had.has(code))).toEqual([]);
  });

  it('get the slot and the way of the one that was there', () => {
    expect(lint(command()).mended?.text).toBe(
      command().replace(
        'addr=0x0,iommufd=f\n',
        [
          'addr=0x0,iommufd=f,multifunction=on',
          ...['3,bus=a,addr=0x0.0x3', '2,bus=a,addr=0x0.0x2', '0,bus=a,addr=0x0.0x1'].map(
            (one) => ` \\\n  -device vfio-pci,host=0000:01:00.${one},iommufd=f`,
          ),
          '\n',
        ].join(''),
      ),
    );
    expect(lint(machine).mended?.text).toBe(
      machine.replace('01:00.1,', '01:00.1;01:00.2;01:00.3,'),
    );
  });

  it.each([
    ['nobody binds it for the machine', hostdev('no'), host()],
    ['the guest has an IOMMU of its own', command(' -device intel-iommu'), host()],
    ['the rest is of another maker', command(), host({ vendor: 0x1022 })],
    ['the rest is a part of the host', command(), host({ classCode: 0x0c0500 })],
  ])('stay where %s', (_name, text, on) => {
    const { mended, functions } = lint(text, on);
    expect(lint(mended?.text ?? text, on).functions).toEqual(functions);
  });
});
