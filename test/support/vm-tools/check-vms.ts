import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TargetOptions } from '../../../main/vmconfig/generator.ts';
import { TARGETS } from '../../../main/vmconfig/targets.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import { askQemu, run } from './ask-qemu.ts';
import type { VmCase } from './cases.ts';
import { canUseKvm, convertDomains } from './embedded-libvirt.ts';
import { shellWords } from './shell-words.ts';
import { standIns } from './stand-ins.ts';
import { twinOf, withoutKvm, withoutKvmText } from './twin.ts';
import { runVirtInstall, VIRT_INSTALL_CHANGES } from './virt-install.ts';

/** What one tool said of all machines. */
export interface CheckRow {
  readonly target: 'libvirt' | 'qemu' | 'virt-install' | 'unraid';
  readonly check: string;
  /** What had to be changed for it, each once. */
  readonly changes: readonly string[];
  readonly cases: number;
  /** `case: what the tool said`. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

/** Debian 12 has libvirt 9.0 and QEMU 7.2: nothing newer is written for the checks. */
export const CHECKED_WITH: TargetOptions = {
  scope: 'whole',
  vfio: 'group',
  libvirtVersion: '9.0.0',
  qemuVersion: '7.2.0',
};

type Check = Omit<CheckRow, 'seconds' | 'cases'>;

/**
 * Holds machines against every tool.
 *
 * @param root - An empty directory with a short path; files of the checks are left there.
 */
export async function checkVms(
  cases: readonly VmCase[],
  root: string,
): Promise<readonly CheckRow[]> {
  const rows: CheckRow[] = [];
  const checks = [
    checkSchema,
    checkTestDriver,
    checkConversion,
    checkQemu,
    checkProperties,
    checkScripts,
    checkVirtInstall,
    checkUnraid,
  ];
  for (const [index, check] of checks.entries()) {
    const folder = join(root, String(index));
    mkdirSync(folder);
    const startedAtMs = performance.now();
    const result = await check(cases, folder);
    const seconds = (performance.now() - startedAtMs) / 1000;
    rows.push({ ...result, cases: cases.length, seconds });
  }
  return rows;
}

/** The domain of a machine. */
export function domainOf(vm: PlacedVm): string {
  return TARGETS.libvirt(vm, CHECKED_WITH).files[0]?.text ?? '';
}

/** The words of its command line, without the program. */
export function wordsOf(vm: PlacedVm, options = CHECKED_WITH): readonly string[] {
  const json = TARGETS.qemu(vm, options).files.find(({ language }) => language === 'json');
  return (JSON.parse(json?.text ?? '') as readonly string[]).slice(1);
}

async function checkSchema(cases: readonly VmCase[], folder: string): Promise<Check> {
  const failures = await eachFile(cases, folder, domainOf, (path) =>
    run('virt-xml-validate', [path]),
  );
  return { target: 'libvirt', check: 'virt-xml-validate', changes: [], failures };
}

async function checkTestDriver(cases: readonly VmCase[], folder: string): Promise<Check> {
  const words = ['-q', '-c', 'test:///default', 'define', '--validate'];
  const failures = await eachFile(cases, folder, domainOf, (path) =>
    run('virsh', [...words, path]),
  );
  return {
    target: 'libvirt',
    check: 'virsh test:///default define --validate',
    changes: [],
    failures,
  };
}

/** The domain for Unraid. */
function unraidDomainOf(vm: PlacedVm): string {
  const { files } = TARGETS.unraid(vm, CHECKED_WITH);
  return files.find(({ language }) => language === 'xml')?.text ?? '';
}

async function checkUnraid(cases: readonly VmCase[], folder: string): Promise<Check> {
  const validate = (path: string) => run('virt-xml-validate', [path]);
  const failures = await eachFile(cases, folder, unraidDomainOf, validate);
  return { target: 'unraid', check: 'virt-xml-validate', changes: [], failures };
}

async function checkVirtInstall(cases: readonly VmCase[], folder: string): Promise<Check> {
  return {
    target: 'virt-install',
    check: 'virt-install --print-xml --dry-run, whose domain is read back as the same machine',
    changes: VIRT_INSTALL_CHANGES,
    failures: await runVirtInstall(cases, folder, CHECKED_WITH),
  };
}

async function eachFile(
  cases: readonly VmCase[],
  folder: string,
  domain: (vm: PlacedVm) => string,
  tool: (path: string) => ReturnType<typeof run>,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const [index, { name, vm }] of cases.entries()) {
    const path = join(folder, `${index}.xml`);
    writeFileSync(path, domain(vm));
    const { status, output, error } = await tool(path);
    if (status !== 0) failures.push(`${name}: ${output}${error}`.trim());
  }
  return failures;
}

/** libvirt's own command line, and then QEMU with it. */
async function checkConversion(cases: readonly VmCase[], folder: string): Promise<Check> {
  const hasKvm = canUseKvm();
  const twins = cases.map(({ vm }) => (hasKvm ? twinOf(vm) : withoutKvm(twinOf(vm))));
  const domains = twins.map(({ vm }) => (hasKvm ? domainOf(vm) : withoutKvmText(domainOf(vm))));
  const converted = await convertDomains(folder, domains);
  const changes = new Set(twins.flatMap((twin) => twin.changes));
  const failures: string[] = [];
  for (const [index, { line, error }] of converted.entries()) {
    const { name = '', vm } = cases[index] ?? {};
    if (vm === undefined || line === '') {
      failures.push(`${name}: ${error}`);
      continue;
    }
    const words = shellWords(line);
    const own = words.slice(words.findIndex((word) => word.includes('qemu-system-')) + 1);
    failures.push(
      ...(await compare(name, vm, own, { folder, changes, port: (bus) => `pci.${bus}` })),
    );
  }
  return {
    target: 'libvirt',
    check: 'virsh qemu:///embed domxml-to-native, then QEMU with that command line',
    changes: [...changes],
    failures,
  };
}

async function checkQemu(cases: readonly VmCase[], folder: string): Promise<Check> {
  const changes = new Set<string>();
  const failures: string[] = [];
  for (const { name, vm } of cases) {
    const port = (bus: number) => `rp${bus}`;
    failures.push(...(await compare(name, vm, wordsOf(vm), { folder, changes, port })));
  }
  return {
    target: 'qemu',
    check: 'QEMU makes the machine under -S and has each device at its place',
    changes: [...changes],
    failures,
  };
}

interface Comparison {
  readonly folder: string;
  readonly changes: Set<string>;
  readonly port: (bus: number) => string;
}

async function compare(
  name: string,
  vm: PlacedVm,
  words: readonly string[],
  { folder, changes, port }: Comparison,
): Promise<readonly string[]> {
  const { argv, changes: made } = standIns(words, folder);
  for (const change of made) changes.add(change);
  const { places, error } = await askQemu(
    argv,
    vm.hostDevices.map((_device, index) => `hostdev${index}`),
  );
  if (error !== '') return [`${name}: ${error}`];
  return vm.hostDevices.flatMap(({ at }, index) => {
    const found = places[`hostdev${index}`];
    const wanted = at && `${port(at.bus)}/${at.slot}.${at.function}`;
    return found === wanted ? [] : [`${name}: hostdev${index} is at ${found}, not at ${wanted}`];
  });
}

/**
 * Properties of vfio-pci itself: QEMU reads them before it opens the device, so that a wrong name
 * is told before the missing device.
 */
async function checkProperties(cases: readonly VmCase[]): Promise<Check> {
  const sets = new Map<string, string>();
  for (const { vm } of cases) {
    for (const word of wordsOf(vm).filter((one) => one.startsWith('vfio-pci'))) {
      const free = word.replace(/,bus=rp\d+/, '').replace(/,addr=[^,]*/, '');
      const keys = [...free.matchAll(/(?:^|,)([\w-]+)(?==|,|$)/g)].map(([, key]) => key).join();
      sets.set(keys, free);
    }
  }
  const failures: string[] = [];
  for (const word of sets.values()) {
    const alone = ['-machine', 'q35', '-nodefaults', '-display', 'none', '-device', word];
    const { error, status } = await run('qemu-system-x86_64', [...alone, '-S']);
    const isDevice = /no such host device|no iommu_group|No such file or directory|could not/i;
    if (status === 0 || !isDevice.test(error)) failures.push(`${word}: ${error}`);
  }
  const check = 'names of the properties of vfio-pci, one QEMU for each set of them';
  return { target: 'qemu', check, changes: ['no bus'], failures };
}

/** The script gives QEMU the words of the list, whatever they hold. */
async function checkScripts(cases: readonly VmCase[], folder: string): Promise<Check> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const stub = join(bin, 'qemu-system-x86_64');
  writeFileSync(
    stub,
    `#!/bin/sh\nfor word; do printf '%s\\0' "$word"; done >"${folder}/words"\n: >pid\nexit 3\n`,
  );
  writeFileSync(join(bin, 'swtpm'), '#!/bin/sh\n');
  for (const name of ['qemu-system-x86_64', 'swtpm']) chmodSync(join(bin, name), 0o755);
  const failures: string[] = [];
  for (const { name, vm } of cases) {
    const path = join(folder, 'start.sh');
    writeFileSync(path, TARGETS.qemu(vm, CHECKED_WITH).files[0]?.text ?? '');
    const lint = await run('shellcheck', [path]);
    if (lint.status !== 0) failures.push(`${name}: ${lint.output}`);
    await run('env', [`PATH=${bin}:${process.env['PATH'] ?? ''}`, 'sh', path]);
    const words = readFileSync(join(folder, 'words'), 'utf8').split('\0').slice(0, -4);
    if (JSON.stringify(words) !== JSON.stringify(wordsOf(vm)))
      failures.push(`${name}: ${words.join(' ')}`);
  }
  const check = 'shellcheck, and a shell that hands QEMU’s words to a stand-in';
  return { target: 'qemu', check, changes: ['QEMU and swtpm to stand-ins'], failures };
}
