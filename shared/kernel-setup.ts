import type { Fact } from './fact.ts';

/** How the running kernel was built, started and locked. */
export interface KernelSetup {
  /** Last byte of `SecureBoot-*` in `sys/firmware/efi/efivars`; absent without EFI. */
  readonly isSecureBoot: Fact<boolean>;
  /** The word in brackets in `sys/kernel/security/lockdown`: `none`, `integrity`, `confidentiality`. */
  readonly lockdown: Fact<string>;
  /** Module names in `lib/modules/<release>/modules.builtin`, `_` for `-`. */
  readonly builtinModules: Fact<readonly string[]>;
  /** `sys/bus/pci/drivers/<driver>/module`: driver to module; one without a link is built in. */
  readonly driverModules: Fact<Readonly<Record<string, string>>>;
  /** Lines of `lib/modules/<release>/modules.alias` whose alias begins with `vfio_pci:`. */
  readonly vfioAliases: Fact<readonly VfioAlias[]>;
  /** Lines that name VFIO in the files that load modules. */
  readonly vfioLines: readonly SettingLine[];
}

/**
 * A VFIO driver offers itself for functions.
 *
 * @see Linux scripts/mod/file2alias.c, `do_pci_entry()`: `PCI_ID_F_VFIO_DRIVER_OVERRIDE`
 */
export interface VfioAlias {
  /** What follows `vfio_pci:`: `v000015B3d0000101Esv*sd*bc*sc*i*`. */
  readonly pattern: string;
  /** Module name with `_`. */
  readonly module: string;
}

export interface SettingLine {
  readonly path: string;
  readonly line: string;
}
