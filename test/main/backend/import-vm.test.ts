import { describe, expect, it } from 'vitest';
import { importVm } from '../../../main/backend/import-vm.ts';
import { vmImportSchema } from '../../../shared/vm-import.ts';
import { vmHost } from '../../support/vm-host.ts';

function domain(addresses: readonly string[], managed = 'yes'): string {
  const devices = addresses.map((address) => {
    const [bus, slot, fn] = address.split(/[:.]/);
    return `    <hostdev mode='subsystem' type='pci' managed='${managed}'>
      <source><address domain='0' bus='0x${bus}' slot='0x${slot}' function='0x${fn}'/></source>
    </hostdev>
`;
  });
  return `<domain type='kvm'>
  <name>old</name>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <devices>
${devices.join('')}  </devices>
</domain>
`;
}

function imported(text: string) {
  const answer = importVm(text, vmHost());
  if (!answer.ok) throw new Error(answer.error.message);
  expect(vmImportSchema.safeParse(answer.value).error).toBeUndefined();
  return answer.value;
}

const states = (text: string) =>
  imported(text).devices.map(({ bdf, state }) => `${bdf.slice(5)} ${state}`);

describe('an existing machine against a host', () => {
  it.each([
    ['a whole card', ['01:00.0', '01:00.1', '01:00.2', '01:00.3'], 'there'],
    ['a card that was taken out', ['7f:00.0'], 'missing'],
    ['an address that is a port now', ['00:01.0'], 'moved'],
    ['a card without its other functions', ['01:00.0'], 'half-a-group'],
  ])('%s', (_name, addresses, state) => {
    expect(states(domain(addresses))).toEqual(addresses.map((one) => `${one} ${state}`));
  });

  it('says which driver has a device that nobody moves', () => {
    const [device] = imported(domain(['02:00.0'], 'no')).devices;
    expect(device).toEqual({
      bdf: '0000:02:00.0',
      state: 'not-viable',
      text: 'It is with nvme, and the machine does not move it: bind it to VFIO first.',
    });
  });

  it('names what half a group leaves out', () => {
    const [device] = imported(domain(['01:00.0'])).devices;
    expect(device?.text).toMatch(/^Group 1 also has 01:00\.1, 01:00\.2 and 01:00\.3,/);
  });

  it('has its findings beside its own lines', () => {
    const { lint } = imported(domain(['7f:00.0']));
    const absent = lint.findings.find(({ code }) => code === 'device-absent');
    expect(absent?.place).toEqual({ file: 0, first: 6, last: 6 });
  });

  it('is refused where it is none', () => {
    expect(importVm('hello', vmHost())).toMatchObject({
      ok: false,
      error: { code: 'bad-arguments' },
    });
  });
});
