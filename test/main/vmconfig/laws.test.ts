// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { analyse } from '../../../main/backend/analyse.ts';
import { parseVm } from '../../../main/reports/vm/parse-vm.ts';
import type { TargetOptions } from '../../../main/vmconfig/generator.ts';
import { lintVm } from '../../../main/vmconfig/lint/lint-vm.ts';
import { TARGETS } from '../../../main/vmconfig/targets.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import { anyMachine } from '../../support/any-machine.ts';
import { asCommandLine, asDomain } from '../../support/read-back.ts';
import { place } from '../../support/vm-host.ts';
import { parseOption } from '../../support/vm-tools/parse-option.ts';

vi.setConfig({ testTimeout: 120_000 });

const OPTIONS: TargetOptions = {
  scope: 'whole',
  vfio: 'iommufd',
  libvirtVersion: '11.0.0',
  qemuVersion: '10.0.0',
};

/** A document as a browser's parser sees it: one that is not well-formed becomes a `parsererror`. */
function parse(text: string): Document {
  return new DOMParser().parseFromString(text, 'text/xml');
}

function all(document: Document, selector: string, attribute: string): readonly (string | null)[] {
  return [...document.querySelectorAll(selector)].map((one) => one.getAttribute(attribute));
}

/** What of a machine a reader of a domain can tell. */
function fieldsOf(document: Document) {
  return {
    name: document.querySelector('domain > name')?.textContent,
    memory: document.querySelector('domain > memory')?.textContent,
    disks: [...document.querySelectorAll('disk > source')].map(
      (one) => one.getAttribute('file') ?? one.getAttribute('dev'),
    ),
    networks: all(document, 'interface[type=network] > source', 'network'),
    bridges: all(document, 'interface[type=bridge] > source', 'bridge'),
    evdev: all(document, "input[type='evdev'] > source", 'dev'),
    roms: all(document, 'rom[file]', 'file'),
    functions: [
      ...document.querySelectorAll("hostdev[type='pci'] > source > address"),
      ...document.querySelectorAll("interface[type='hostdev'] > source > address"),
    ].map((one) =>
      ['domain', 'bus', 'slot', 'function'].map((key) => Number(one.getAttribute(key))).join(':'),
    ),
    guestSlots: [
      ...document.querySelectorAll('hostdev > address, interface[type=hostdev] > address'),
    ]
      .map((one) =>
        ['bus', 'slot', 'function'].map((key) => Number(one.getAttribute(key))).join(':'),
      )
      .toSorted(),
    pins: all(document, 'vcpupin', 'cpuset'),
  };
}

function wantedOf(vm: PlacedVm): ReturnType<typeof fieldsOf> {
  const named = (kind: string, other: string) =>
    vm.networks.filter((one) => one.kind === kind).map(({ name }) => name ?? other);
  const pciDevices = vm.hostDevices.filter((one) => one.kind === 'pci');
  const vfs = vm.hostDevices.filter((one) => one.kind === 'vf');
  return {
    name: vm.name,
    memory: String(vm.memory.mib),
    disks: vm.disks.map(({ path }) => path),
    networks: named('network', 'default'),
    bridges: named('bridge', 'br0'),
    evdev: vm.evdev.map(({ path }) => path),
    roms: pciDevices.flatMap(({ rom }) => (rom.kind === 'file' ? [rom.path] : [])),
    functions: [...pciDevices, ...vfs].map(({ bdf }) =>
      bdf
        .split(/[:.]/)
        .map((part) => parseInt(part, 16))
        .join(':'),
    ),
    guestSlots: vm.hostDevices.map(({ at }) => `${at?.bus}:${at?.slot}:${at?.function}`).toSorted(),
    pins: vm.cpu.pins.map(({ cpus }) => cpus.join(',')),
  };
}

describe('for any host, any choice of its functions, any wish and any name', () => {
  it('a domain is well-formed, and reads back as what was written', () => {
    fc.assert(
      fc.property(anyMachine, ({ host, wish }) => {
        const { vm } = place(wish, analyse(host));
        const text = TARGETS.libvirt(vm, OPTIONS).files[0]?.text ?? '';
        expect(fieldsOf(parse(text))).toEqual(wantedOf(vm));
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['libvirt', asDomain],
    ['qemu', asCommandLine],
  ] as const)('what is written for %s is read by the import as the same machine', (target, as) => {
    fc.assert(
      fc.property(anyMachine, ({ host, wish }) => {
        const { vm } = place(wish, analyse(host));
        const text = TARGETS[target](vm, OPTIONS).files[0]?.text ?? '';
        const value = { format: target, vm: as(vm), left: [] };
        expect(parseVm(text)).toEqual({ ok: true, value });
      }),
      { numRuns: 200 },
    );
  });

  it('arguments of QEMU read back as what was written', () => {
    fc.assert(
      fc.property(anyMachine, ({ host, wish }) => {
        const { vm } = place(wish, analyse(host));
        const argv = JSON.parse(TARGETS.qemu(vm, OPTIONS).files[1]?.text ?? '') as string[];
        const values = (option: string) =>
          argv.flatMap((word, index) =>
            argv[index - 1] === `-${option}` ? [parseOption(word)] : [],
          );
        const of = (option: string, key: string) => values(option).flatMap((one) => one[key] ?? []);
        expect(of('name', 'guest')).toEqual([vm.name]);
        expect(of('blockdev', 'filename')).toEqual(vm.disks.map(({ path }) => path));
        expect(of('object', 'evdev')).toEqual(vm.evdev.map(({ path }) => path));
        expect(of('device', 'romfile')).toEqual(wantedOf(vm).roms);
      }),
      { numRuns: 300 },
    );
  });

  it('a placed machine has no mistake of places, processors or processors’ pins', () => {
    const mistakes =
      /^(place|no-function|not-multi|slot|on-root|card|chassis|device|topology|pin|emulator|shared|boot-order|window-)/;
    fc.assert(
      fc.property(anyMachine, ({ host, wish }) => {
        const analysis = analyse(host);
        const codes = lintVm(place(wish, analysis).vm, analysis.context).map(({ code }) => code);
        expect(codes.filter((code) => mistakes.test(code))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('the same wish gives the same machine', () => {
    fc.assert(
      fc.property(anyMachine, ({ host, wish }) => {
        const again = place(structuredClone(wish), analyse(structuredClone(host)));
        expect(place(wish, analyse(host))).toEqual(again);
      }),
      { numRuns: 50 },
    );
  });
});
