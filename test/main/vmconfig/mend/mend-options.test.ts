import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { lintConfiguration } from '../../../../main/backend/lint-configuration.ts';
import { TARGETS } from '../../../../main/vmconfig/targets.ts';
import { anyWish } from '../../../support/any-wish.ts';
import type { Damage } from '../../../support/damage-domain.ts';
import { COMMAND_LINE_DAMAGES, PROXMOX_DAMAGES } from '../../../support/damage-options.ts';
import { place, vmHost } from '../../../support/vm-host.ts';

vi.setConfig({ testTimeout: 120_000 });

const HOST = vmHost();

function lint(text: string, host?: typeof HOST) {
  const found = lintConfiguration(text, host);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

const codesOf = (text: string) => new Set(lint(text).findings.map(({ code }) => code));

/** A configuration of the lines of a script, as Proxmox keeps it. */
function asConfiguration(script: string): string {
  const lines = [...script.matchAll(/^qm set "\$VM" --(\w+) (?:'([^'\n]*)'|([^'\s]\S*))$/gm)];
  const settings = lines.map(([, key, quoted, plain]) => `${key}: ${quoted ?? plain}\n`);
  return `# mine: 100%\n${settings.join('')}\n[before]\n${settings.join('')}balloon: 512\n`;
}

const written = (target: 'qemu' | 'proxmox') => (wish: Parameters<typeof place>[0]) =>
  TARGETS[target](place(wish, HOST).vm, { scope: 'whole', vfio: 'group' }).files[0]?.text ?? '';

const FORMS: readonly (readonly [string, readonly Damage[], ReturnType<typeof written>])[] = [
  ['a command line of QEMU', COMMAND_LINE_DAMAGES, written('qemu')],
  ['a script for Proxmox', PROXMOX_DAMAGES, written('proxmox')],
  [
    'a configuration of Proxmox',
    PROXMOX_DAMAGES,
    (wish) => asConfiguration(written('proxmox')(wish)),
  ],
];

/** Lines that no mend is about; what a script is given more stands behind its last option. */
function others(text: string): readonly string[] {
  const about = /vfio-pci|pcie-root-port|balloon|-cpu |memory-backend-file|hostpci|machine/;
  return text
    .split('\n')
    .map((line) => line.replace(/(?<= .* --.*) --(balloon 0|machine q35)$/, ''))
    .filter((line) => !about.test(line));
}

describe.each(FORMS)('%s with mistakes', (_name, damages, write) => {
  it('has none of those that need no choice once it is corrected, and keeps all else', () => {
    const mendable = new Set(damages.map(({ code }) => code));
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyWish, fc.subarray([...damages], { minLength: 1 }), (wish, chosen) => {
        const good = write(wish);
        fc.pre(lintConfiguration(good, undefined).ok);
        const bad = chosen.reduce((text, { spoil }) => spoil(text), good);
        const codes = codesOf(bad);
        const before = [...codes].filter((code) => mendable.has(code));
        before.forEach((code) => seen.add(code));
        const { mended } = lint(bad);
        expect(mended === undefined).toBe(before.length === 0);
        const text = mended?.text ?? bad;
        expect([...codesOf(text)].filter((code) => mendable.has(code))).toEqual([]);
        expect([...codesOf(text)].filter((code) => !codes.has(code))).toEqual([]);
        expect(others(text)).toEqual(others(bad));
        expect(lint(text).functions.toSorted()).toEqual(
          [...new Set(lint(bad).functions)].toSorted(),
        );
      }),
      { numRuns: 60, seed: 20_261_122 },
    );
    expect([...seen].toSorted()).toEqual([...mendable].toSorted());
  });
});

describe('a text that people wrote', () => {
  it('keeps its own lines, quotes and comments', () => {
    const text = `#!/bin/sh
# vfio-pci,host=01:00.0 is mine
exec qemu-system-x86_64 -M q35 -name a \\
\t-device pcie-root-port,id=p,chassis=1 \\
  -device "vfio-pci,host=01:00.0,bus=p,addr=0",id=a  \\
  -device 'vfio-pci,host=01:00.1,bus=p,addr=0.1' \\
  -device '{"driver":"vfio-pci","host":"0000:02:00.0","bus":"pcie.0","addr":"0x5"}' \\
  -device virtio-balloon-pci
echo ended
`;
    expect(lint(text).mended?.text).toBe(
      text
        .replace('addr=0",id=a', 'addr=0",id=a,multifunction=on')
        .replace(
          `-device '{`,
          `-device pcie-root-port,id=rp2,chassis=2,bus=pcie.0,addr=0x5.0x0 \\\n  -device '{`,
        )
        .replace('"pcie.0","addr":"0x5"', '"rp2","addr":"0x0.0x0"')
        .replace(' \\\n  -device virtio-balloon-pci', ''),
    );
    expect(lint(lint(text).mended?.text ?? '').mended).toBeUndefined();
  });

  it("leaves the host's own graphics on the root bus", () => {
    const text = 'qemu-system-x86_64 -M q35 -device vfio-pci,host=00:02.0,bus=pcie.0,addr=0x2';
    expect([codesOf(text).has('on-root-bus'), lint(text).mended]).toEqual([true, undefined]);
  });

  it('keeps apart what Proxmox would give another ROM or another place in the boot order', () => {
    const text = (first: string, second: string) =>
      `balloon: 0\nmachine: q35\nostype: l26\nhostpci0: 01:00.0,pcie=1${first}\nhostpci1: 01:00.1,pcie=1${second}\n`;
    expect(lint(text(',romfile=a', ',romfile=b')).mended).toBeUndefined();
    expect(lint(`boot: order=hostpci1\n${text('', '')}`).mended).toBeUndefined();
    expect(lint(text(',romfile=a', '')).mended?.text).toBe(
      'balloon: 0\nmachine: q35\nostype: l26\nhostpci0: 01:00.0;01:00.1,pcie=1,romfile=a\n',
    );
  });

  it('has no other machine where no device asks for PCI Express', () => {
    const text = 'balloon: 0\nostype: l26\nhostpci0: 01:00.0\n';
    expect([codesOf(text).has('machine-without-pcie'), lint(text).mended]).toEqual([
      true,
      undefined,
    ]);
  });
});
