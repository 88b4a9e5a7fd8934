import type { AcsCheck, AliasKind, BridgeFlag } from '../../../main/quirks/tables.ts';
import type { KernelAcsOps } from './acs-rows.ts';

/**
 * What the engine knows of the kernel's functions. A function that is not here is never guessed at:
 * somebody has to read it first.
 */

/** Functions of `pci_dev_acs_enabled[]`; see `askAcsRow()` of the engine. */
export const ACS_CHECKS: Readonly<Record<string, AcsCheck>> = {
  pci_quirk_al_acs: 'annapurna',
  pci_quirk_amd_sb_acs: 'amd-southbridge',
  pci_quirk_brcm_acs: 'root-port',
  pci_quirk_cavium_acs: 'cavium',
  pci_quirk_intel_pch_acs: 'intel-pch',
  pci_quirk_intel_spt_pch_acs: 'intel-spt-pch',
  pci_quirk_loongson_acs: 'root-port',
  pci_quirk_mf_endpoint_acs: 'multifunction-endpoint',
  pci_quirk_nxp_rp_acs: 'root-port',
  pci_quirk_qcom_rp_acs: 'root-port',
  pci_quirk_rciep_acs: 'intel-rciep',
  pci_quirk_wangxun_nic_acs: 'wangxun',
  pci_quirk_xgene_acs: 'root-port',
  pci_quirk_zhaoxin_pcie_ports_acs: 'zhaoxin',
};

/** Hooks that call `pci_add_dma_alias()`; see `maskOfRow()` of the engine. */
export const ALIAS_HOOKS: Readonly<Record<string, AliasHook>> = {
  quirk_dma_func0_alias: { alias: 'function-0' },
  quirk_dma_func1_alias: { alias: 'function-1' },
  quirk_fixed_dma_alias: { alias: 'fixed' },
  quirk_mic_x200_dma_alias: { alias: 'mic-x200' },
  quirk_pex_vca_alias: { alias: 'pex-vca' },
  quirk_plx_ntb_dma_alias: { alias: 'whole-bus' },
  // PCI_CLASS_BRIDGE_OTHER, without the programming interface.
  quirk_switchtec_ntb_dma_alias: { alias: 'switchtec-ntb', classCode: 0x0680, classShift: 8 },
};

export interface AliasHook {
  readonly alias: AliasKind;
  /** The class that the engine asks for; none where left out. */
  readonly classCode?: number;
  readonly classShift?: number;
}

/** Flags that change the walk over DMA aliases; see `walkAliases()` of the engine. */
export const BRIDGE_FLAGS: Readonly<Record<string, BridgeFlag>> = {
  PCI_DEV_FLAGS_PCI_BRIDGE_NO_ALIAS: 'keeps-requester-id',
  PCI_DEV_FLAGS_BRIDGE_XLATE_ROOT: 'translation-root',
  PCI_DEV_FLAG_PCIE_BRIDGE_ALIAS: 'alias-as-bridge',
};

/** Flags that do not change groups: interrupts, power, resets, vital product data. */
export const HARMLESS_FLAGS: readonly string[] = [
  'PCI_DEV_FLAGS_MSI_INTX_DISABLE_BUG',
  'PCI_DEV_FLAGS_NO_D3',
  'PCI_DEV_FLAGS_ASSIGNED',
  'PCI_DEV_FLAGS_NO_BUS_RESET',
  'PCI_DEV_FLAGS_NO_PM_RESET',
  'PCI_DEV_FLAGS_VPD_REF_F0',
  'PCI_DEV_FLAGS_NO_FLR_RESET',
  'PCI_DEV_FLAGS_NO_RELAXED_ORDERING',
  'PCI_DEV_FLAGS_HAS_MSI_MASKING',
  'PCI_DEV_FLAGS_MSIX_TOUCH_ENTRY_DATA_FIRST',
];

/** The whole of `pci_dev_acs_ops[]`; see `effectiveSptAcs()` and the row `intel-pch`. */
export const ACS_OPS: readonly KernelAcsOps[] = [
  {
    vendor: '8086',
    device: 'ANY',
    enableAcs: 'pci_quirk_enable_intel_pch_acs',
    disableAcsRedir: undefined,
  },
  {
    vendor: '8086',
    device: 'ANY',
    enableAcs: 'pci_quirk_enable_intel_spt_pch_acs',
    disableAcsRedir: 'pci_quirk_disable_intel_spt_pch_acs_redir',
  },
];
