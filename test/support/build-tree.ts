import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildConfig, type ConfigOptions } from './build-config.ts';

/** One function of a made-up host. */
export interface TreeFunction {
  /** Address in the kernel's form. */
  readonly bdf: string;
  /** Address of the bridge above; on a root bus where left out. */
  readonly parent?: string;
  /** What `config` says; `undefined` with `hasNoConfig`. */
  readonly config?: ConfigOptions;
  readonly hasNoConfig?: boolean;
  /** Makes it a VF: `physfn` here, `virtfnN` at the PF; ids in `config` read 0xffff. */
  readonly physicalFunction?: string;
  /** Ids that the files show, where they differ from `config`: those of a VF. */
  readonly vendorId?: number;
  readonly deviceId?: number;
  /** IOMMU group; needs `TreeOptions.iommu`. */
  readonly group?: string;
  readonly driver?: string;
  /** More files of the function, or other content for the usual ones; `undefined` leaves out. */
  readonly files?: Readonly<Record<string, string | Uint8Array | undefined>>;
}

export interface TreeOptions {
  readonly functions: readonly TreeFunction[];
  /** Name of the IOMMU unit that covers every function with a group: `dmar0`. */
  readonly iommu?: string;
  /** Path below the root to content: `proc/cmdline`, ACPI tables and the like. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Path below the root to link target. */
  readonly links?: Readonly<Record<string, string>>;
}

const MACHINE_FILES: Readonly<Record<string, string>> = {
  'proc/version': 'Linux version 6.12.117-amd64 (builder@example) #1 SMP Debian 6.12.117-1\n',
  'proc/sys/kernel/osrelease': '6.12.117-amd64\n',
  'proc/sys/kernel/arch': 'x86_64\n',
  'proc/cmdline': 'root=/dev/sda1 ro\n',
  'proc/cpuinfo': 'processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: lm\n\n',
};

/**
 * Writes the sysfs and procfs of a made-up host: real directories below `sys/devices`, links
 * everywhere else, as in sysfs.
 *
 * @param root - An empty directory.
 */
export function buildTree(root: string, options: TreeOptions): void {
  const paths = devicePaths(options.functions);
  const writer = new TreeWriter(root);
  for (const directory of ['bus/pci/devices', 'kernel/iommu_groups', 'class/iommu']) {
    writer.directory(`sys/${directory}`);
  }
  for (const fn of options.functions) writeFunction(writer, fn, paths, options.iommu);
  if (options.iommu !== undefined) {
    writer.directory(`sys/devices/virtual/iommu/${options.iommu}`);
    writer.link(`sys/class/iommu/${options.iommu}`, `sys/devices/virtual/iommu/${options.iommu}`);
  }
  for (const [path, content] of Object.entries({ ...MACHINE_FILES, ...options.files })) {
    writer.file(path, content);
  }
  for (const [path, target] of Object.entries(options.links ?? {})) writer.rawLink(path, target);
}

/** Address to directory below the root, by the chain of parents. */
function devicePaths(functions: readonly TreeFunction[]): ReadonlyMap<string, string> {
  const byBdf = new Map(functions.map((fn) => [fn.bdf, fn]));
  const paths = new Map<string, string>();
  const pathOf = (fn: TreeFunction): string => {
    const known = paths.get(fn.bdf);
    if (known !== undefined) return known;
    const above = fn.parent === undefined ? undefined : byBdf.get(fn.parent);
    const path = `${above ? pathOf(above) : `sys/devices/pci${fn.bdf.slice(0, -5)}`}/${fn.bdf}`;
    paths.set(fn.bdf, path);
    return path;
  };
  for (const fn of functions) pathOf(fn);
  return paths;
}

function writeFunction(
  writer: TreeWriter,
  fn: TreeFunction,
  paths: ReadonlyMap<string, string>,
  iommu: string | undefined,
): void {
  const path = paths.get(fn.bdf) ?? '';
  writer.directory(path);
  for (const [name, content] of Object.entries({ ...functionFiles(fn), ...fn.files })) {
    if (content !== undefined) writer.file(`${path}/${name}`, content);
  }
  writer.link(`sys/bus/pci/devices/${fn.bdf}`, path);
  writer.directory('sys/bus/pci/drivers');
  if (fn.driver !== undefined) writer.link(`${path}/driver`, `sys/bus/pci/drivers/${fn.driver}`);
  if (fn.group !== undefined) writeGroup(writer, path, fn.group, iommu);
  const pfPath = fn.physicalFunction && paths.get(fn.physicalFunction);
  if (pfPath) writer.link(`${path}/physfn`, pfPath);
}

function writeGroup(
  writer: TreeWriter,
  path: string,
  group: string,
  iommu: string | undefined,
): void {
  const groupPath = `sys/kernel/iommu_groups/${group}`;
  writer.link(`${path}/iommu_group`, groupPath);
  writer.directory(`${groupPath}/devices`);
  writer.file(`${groupPath}/type`, 'DMA-FQ\n');
  writer.link(`${groupPath}/devices/${path.slice(path.lastIndexOf('/') + 1)}`, path);
  if (iommu !== undefined) writer.link(`${path}/iommu`, `sys/devices/virtual/iommu/${iommu}`);
}

/** About the files that a kernel shows for every function. */
function functionFiles(fn: TreeFunction): Record<string, string | Uint8Array | undefined> {
  const isVf = fn.physicalFunction !== undefined;
  const config = isVf ? { ...fn.config, vendorId: 0xffff, deviceId: 0xffff } : fn.config;
  const subsystem = config?.subsystem ?? 0;
  return {
    config: fn.hasNoConfig ? undefined : buildConfig(config),
    vendor: hexLine(fn.vendorId ?? fn.config?.vendorId ?? 0x8086, 4),
    device: hexLine(fn.deviceId ?? fn.config?.deviceId ?? 0x1533, 4),
    class: hexLine(fn.config?.classCode ?? 0x020000, 6),
    revision: hexLine(fn.config?.revision ?? 0, 2),
    subsystem_vendor: hexLine(subsystem >>> 16, 4),
    subsystem_device: hexLine(subsystem & 0xffff, 4),
    resource: `${Array(13).fill('0x0000000000000000 0x0000000000000000 0x0000000000000000').join('\n')}\n`,
    irq: '0\n',
    numa_node: '-1\n',
    driver_override: '(null)\n',
    enable: '1\n',
    d3cold_allowed: '1\n',
    power_state: 'D0\n',
    local_cpulist: '0-1\n',
    modalias: 'pci:v00008086d00001533sv00000000sd00000000bc02sc00i00\n',
    msi_bus: '1\n',
    broken_parity_status: '0\n',
    dma_mask_bits: '64\n',
    uevent: `PCI_SLOT_NAME=${fn.bdf}\n`,
  };
}

function hexLine(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}\n`;
}

/** Creates directories once and links by their absolute meaning. */
class TreeWriter {
  readonly #root: string;
  readonly #made = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  directory(path: string): void {
    if (this.#made.has(path)) return;
    mkdirSync(join(this.#root, path), { recursive: true });
    this.#made.add(path);
  }

  file(path: string, content: string | Uint8Array): void {
    this.directory(dirname(path));
    writeFileSync(join(this.#root, path), content);
  }

  /** Writes a relative link, both paths being below the root. */
  link(path: string, target: string): void {
    this.rawLink(path, relative(dirname(path), target));
  }

  rawLink(path: string, target: string): void {
    this.directory(dirname(path));
    symlinkSync(target, join(this.#root, path));
  }
}
