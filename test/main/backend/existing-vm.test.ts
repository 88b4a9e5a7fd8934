import { describe, expect, it } from 'vitest';
import { lintConfiguration } from '../../../main/backend/lint-configuration.ts';
import { mergeConfiguration } from '../../../main/backend/merge-configuration.ts';
import { parseVm } from '../../../main/reports/vm/parse-vm.ts';
import { vmHost } from '../../support/vm-host.ts';

const DOMAIN = `<!-- kept -->
<domain type='kvm'>
  <name>old</name>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <devices>
    <controller type='pci' index='0' model='pcie-root'/>
    <controller type='pci' index='3' model='pcie-root-port'/>
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source><address domain='0x0000' bus='0x02' slot='0x00' function='0x0'/></source>
    </hostdev>
    <sound model='ich9'/>
  </devices>
</domain>
`;

describe('an existing domain', () => {
  it('keeps every line when devices are merged into it, and gives them free ports', () => {
    const merged = mergeConfiguration(DOMAIN, ['02:00.0', '01:00.0'], vmHost(), undefined);
    if (!merged.ok) throw new Error(merged.error.message);
    const { text, alreadyThere } = merged.value;
    expect(alreadyThere).toEqual(['0000:02:00.0']);
    const kept = new Set(text.split('\n'));
    expect(DOMAIN.split('\n').filter((line) => !kept.has(line))).toEqual([]);
    const parsed = parseVm(text);
    expect(parsed.ok && parsed.value.vm.ports.map(({ index }) => index)).toEqual([3, 4]);
    expect(
      parsed.ok &&
        parsed.value.vm.hostDevices.map((one) => one.kind !== 'mdev' && [one.bdf, one.at?.bus]),
    ).toEqual([
      ['0000:02:00.0', undefined],
      ['0000:01:00.0', 4],
      ['0000:01:00.1', 4],
      ['0000:01:00.2', 4],
      ['0000:01:00.3', 4],
    ]);
  });

  it('is judged against a host that lacks its device, and what is not judged is named', () => {
    const elsewhere = DOMAIN.replace("bus='0x02'", "bus='0x7f'");
    const lint = lintConfiguration(elsewhere, vmHost());
    if (!lint.ok) throw new Error(lint.error.message);
    expect(lint.value.functions).toEqual(['0000:7f:00.0']);
    expect(lint.value.findings.filter(({ severity }) => severity === 'stop')).not.toEqual([]);
    expect(lint.value.left).toEqual(['devices/sound ich9']);
  });

  it.each([
    ['a document type', '<!DOCTYPE d [<!ENTITY a "b">]><domain><name>&a;</name></domain>'],
    ['an element that does not end', '<domain><name>x</domain>'],
    ['no machine', 'hello'],
    ['nothing', ''],
  ])('is refused where it has %s', (_name, text) => {
    expect(parseVm(text)).toMatchObject({ ok: false, error: { code: 'not-a-vm' } });
  });
});

describe('a machine of Proxmox', () => {
  it('takes all functions of a card whose address has no function number', () => {
    const lint = lintConfiguration('ostype: l26\nhostpci0: 01:00,pcie=1\n', vmHost());
    expect(lint.ok && lint.value.functions).toEqual([
      '0000:01:00.0',
      '0000:01:00.1',
      '0000:01:00.2',
      '0000:01:00.3',
    ]);
  });
});
