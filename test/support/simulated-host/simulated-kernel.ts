import { SimulatedDisplay } from './simulated-display.ts';
import {
  type VirtualNode,
  ERRNO,
  computedFolder,
  folder,
  linkTo,
  textFile,
} from './virtual-tree.ts';

/** One PCI function and what it does when it is touched. */
export interface SimulatedFunction {
  readonly bdf: string;
  /** `vendor:device`, changeable: another card may come to this address. */
  ids: string;
  readonly subsystem: string;
  readonly classCode: string;
  group: number;
  /** Drivers whose tables name it, in the order in which a probe tries them. */
  readonly natives: readonly string[];
  driver: string | undefined;
  override: string | undefined;
  readonly faults: Faults;
}

/** How a function departs from the common case; each was seen on real kernels or read in one. */
export interface Faults {
  /** These drivers fail to bind it. A write to `drivers_probe` succeeds all the same. */
  refusedBy?: readonly string[];
  /** Taking it from its driver waits until `release` is called, with the device's lock held. */
  unbindBlocks?: boolean;
  /** It is gone once this file of it or of its driver has been written. */
  vanishesOn?: 'driver_override' | 'unbind' | 'drivers_probe';
}

/** A write that reached the kernel. */
export interface KernelWrite {
  readonly path: string;
  readonly text: string;
}

const DEVICES = 'devices/pci0000:00';

/**
 * The kernel's side of binding, for tests: PCI functions, drivers, modules and IOMMU groups as a
 * tree of files that react. It behaves as real kernels 6.1, 6.12 and 7.2 were seen to: a probe
 * that failed reports success, bridges refuse vfio-pci, a native driver is refused while a member
 * of its group is in use by VFIO, `driver_override` shows `(null)` when unset.
 */
export class SimulatedKernel {
  readonly functions = new Map<string, SimulatedFunction>();
  readonly drivers = new Set<string>(['vfio-pci', 'pcieport', 'pci-stub']);
  readonly modules = new Set<string>(['vfio_pci', 'vfio_iommu_type1']);
  readonly slots = new Map<string, string>();
  /** Members of a group that are not PCI functions: name to driver. */
  readonly others = new Map<number, ReadonlyMap<string, string | undefined>>();
  /** Groups that a process owns through VFIO. */
  readonly ownedGroups = new Set<number>();
  readonly writes: KernelWrite[] = [];
  uptimeSeconds = 1000;
  bootId = '11111111-2222-4333-8444-555555555555';
  /** Called before each write takes effect. */
  onWrite: (write: KernelWrite) => void = () => undefined;

  /** What shows text, and what the firmware set up: taken by hooks. */
  readonly display = new SimulatedDisplay((path, act) => this.#takes(path, act));

  readonly #locks = new Map<string, Promise<void>>();
  readonly #releases = new Map<string, () => void>();

  add(options: {
    bdf: string;
    group: number;
    driver?: string;
    override?: string;
    natives?: readonly string[];
    classCode?: string;
    ids?: string;
    subsystem?: string;
    faults?: Faults;
  }): SimulatedFunction {
    const natives = options.natives ?? (options.driver === undefined ? [] : [options.driver]);
    const added: SimulatedFunction = {
      ids: '10de:2204',
      subsystem: '1043:87d7',
      classCode: '030000',
      override: undefined,
      faults: {},
      driver: undefined,
      ...options,
      natives,
    };
    this.functions.set(added.bdf, added);
    for (const name of natives) this.drivers.add(name);
    return added;
  }

  /** Drivers and overrides of every function: what an undo must bring back. */
  get bindings(): Readonly<Record<string, string>> {
    const shown = [...this.functions.values()].map(
      ({ bdf, driver, override }) => [bdf, `${driver ?? 'none'} ${override ?? '(null)'}`] as const,
    );
    return Object.fromEntries(shown);
  }

  /** Ends the wait of a blocked unbind: the user of the device has closed it. */
  release(bdf: string): void {
    this.#releases.get(bdf)?.();
  }

  /** The next boot: drivers are back, nothing is overridden. */
  reboot(): void {
    this.bootId = this.bootId.replace(/^./, (digit) =>
      ((parseInt(digit, 16) + 1) % 16).toString(16),
    );
    this.uptimeSeconds = 10;
    for (const device of this.functions.values()) {
      device.override = undefined;
      device.driver = device.natives[0];
    }
  }

  /** `sys`, and the two files of `proc` that tests have to decide about. */
  tree(): VirtualNode {
    const byBdf = (entry: (bdf: string) => VirtualNode) =>
      computedFolder(() => [...this.functions.keys()].map((bdf) => [bdf, entry(bdf)] as const));
    const pci = folder({
      devices: byBdf((bdf) => linkTo(`../../../${DEVICES}/${bdf}`)),
      drivers: computedFolder(() => [...this.drivers].map((name) => [name, this.#driver(name)])),
      drivers_probe: this.#takes('drivers_probe', (bdf) => this.#probe(bdf)),
      slots: computedFolder(() =>
        [...this.slots].map(([name, at]) => [name, folder({ address: textFile(() => `${at}\n`) })]),
      ),
    });
    return folder({
      sys: folder({
        bus: folder({ pci, platform: this.display.platform() }),
        class: folder({ vtconsole: this.display.vtconsoles() }),
        devices: folder({ 'pci0000:00': byBdf((bdf) => this.#device(bdf)), platform: folder({}) }),
        kernel: folder({ iommu_groups: this.#groups() }),
        module: computedFolder(() => [...this.modules].map((name) => [name, folder({})])),
        // Where the stand-in for modprobe says what it was asked for.
        modprobe: this.#takes('modprobe', (name) => this.#load(name)),
        rmmod: this.#takes('rmmod', (name) => (this.modules.delete(name) ? 0 : -ERRNO.ENODEV)),
      }),
      uptime: textFile(() => `${this.uptimeSeconds}.25 1.00\n`),
      boot_id: textFile(() => `${this.bootId}\n`),
    });
  }

  #device(bdf: string): VirtualNode {
    const device = this.#get(bdf);
    if (device === undefined) return folder({});
    const [vendor = '', id = ''] = device.ids.split(':');
    const [subsystemVendor = '', subsystemId = ''] = device.subsystem.split(':');
    const number = (text: string) => textFile(() => `0x${text}\n`);
    return folder({
      vendor: number(vendor),
      device: number(id),
      subsystem_vendor: number(subsystemVendor),
      subsystem_device: number(subsystemId),
      class: number(device.classCode),
      driver_override: {
        kind: 'file',
        read: () => this.#locked(bdf, () => `${this.#get(bdf)?.override ?? '(null)'}\n`),
        write: this.#takes(`${bdf}/driver_override`, (text) =>
          this.#locked(bdf, () => this.#setOverride(bdf, text)),
        ).write,
      },
      ...(device.group < 0
        ? {}
        : { iommu_group: linkTo(`../../../kernel/iommu_groups/${device.group}`) }),
      ...(device.driver === undefined
        ? {}
        : { driver: linkTo(`../../../bus/pci/drivers/${device.driver}`) }),
      ...(device.driver === 'vfio-pci' && {
        'vfio-dev': folder({ [`vfio${[...this.functions.keys()].indexOf(bdf) - 1}`]: folder({}) }),
      }),
    });
  }

  #driver(name: string): VirtualNode {
    return folder({
      bind: this.#takes(`${name}/bind`, (bdf) => this.#locked(bdf, () => this.#bind(bdf, name))),
      unbind: this.#takes(`${name}/unbind`, (bdf) => this.#unbind(bdf, name)),
      ...Object.fromEntries(
        [...this.functions.values()]
          .filter(({ driver }) => driver === name)
          .map(({ bdf }) => [bdf, linkTo(`../../../../${DEVICES}/${bdf}`)]),
      ),
    });
  }

  #groups(): VirtualNode {
    return computedFolder(() => {
      const numbers = [...this.functions.values()].map(({ group }) => group);
      return [...new Set(numbers)].filter((n) => n >= 0).map((n) => [String(n), this.#group(n)]);
    });
  }

  #group(group: number): VirtualNode {
    const others = this.others.get(group) ?? new Map<string, string | undefined>();
    const functions = [...this.functions.values()].filter((device) => device.group === group);
    return folder({
      devices: computedFolder(() => [
        ...functions.map(({ bdf }) => [bdf, linkTo(`../../../../${DEVICES}/${bdf}`)] as const),
        ...[...others].map(([name, driver]) => [name, otherDevice(driver)] as const),
      ]),
    });
  }

  #takes(path: string, act: (text: string) => number | Promise<number>) {
    return {
      kind: 'file' as const,
      write: (raw: string) => {
        const text = raw.replace(/\n$/, '');
        this.onWrite({ path, text });
        this.writes.push({ path, text });
        return act(text);
      },
    };
  }

  /** One thing at a time happens to a device, `device_lock` in Linux drivers/base. */
  async #locked<T>(bdf: string, act: () => T): Promise<T> {
    while (this.#locks.has(bdf)) await this.#locks.get(bdf);
    return act();
  }

  #setOverride(bdf: string, text: string): number {
    const device = this.#get(bdf);
    if (device === undefined) return -ERRNO.ENODEV;
    device.override = text === '' ? undefined : text;
    this.#vanish(device, 'driver_override');
    return 0;
  }

  async #unbind(bdf: string, name: string): Promise<number> {
    const device = this.#get(bdf);
    if (device?.driver !== name) return -ERRNO.ENODEV;
    if (device.faults.unbindBlocks === true) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#locks.set(bdf, promise);
      this.#releases.set(bdf, () => {
        device.faults.unbindBlocks = false;
        this.#locks.delete(bdf);
        resolve();
      });
      await promise;
    }
    device.driver = undefined;
    this.#vanish(device, 'unbind');
    return 0;
  }

  #probe(bdf: string): number | Promise<number> {
    if (this.#get(bdf) === undefined) return -ERRNO.ENODEV;
    return this.#locked(bdf, () => {
      const device = this.#get(bdf);
      if (device === undefined) return -ERRNO.ENODEV;
      const candidates = device.override === undefined ? device.natives : [device.override];
      for (const name of candidates) if (this.#bind(bdf, name) === 0) break;
      this.#vanish(device, 'drivers_probe');
      return 0;
    });
  }

  #bind(bdf: string, name: string): number {
    const device = this.#get(bdf);
    if (device === undefined || !this.drivers.has(name)) return -ERRNO.ENODEV;
    if (device.driver !== undefined) return -ERRNO.EBUSY;
    const matches =
      device.override === undefined ? device.natives.includes(name) : device.override === name;
    if (!matches) return -ERRNO.ENODEV;
    if (device.faults.refusedBy?.includes(name) === true) return -ERRNO.EIO;
    const isVfio = name === 'vfio-pci';
    if (isVfio && (device.group < 0 || device.classCode.startsWith('0604'))) return -ERRNO.EINVAL;
    if (!isVfio && this.ownedGroups.has(device.group)) return -ERRNO.EBUSY;
    device.driver = name;
    return 0;
  }

  #load(name: string): number {
    const module = name.replaceAll('-', '_');
    this.modules.add(module);
    if (!module.endsWith('vfio_pci')) return 0;
    this.drivers.add(name);
    // A driver that registers is offered every device that has none.
    for (const { bdf, override } of this.functions.values())
      if (override === name) this.#bind(bdf, name);
    return 0;
  }

  #vanish(device: SimulatedFunction, file: Faults['vanishesOn']): void {
    if (device.faults.vanishesOn === file) this.functions.delete(device.bdf);
  }

  #get(bdf: string): SimulatedFunction | undefined {
    return this.functions.get(bdf);
  }
}

function otherDevice(driver: string | undefined): VirtualNode {
  return folder(driver === undefined ? {} : { driver: linkTo(`../platform/drivers/${driver}`) });
}
