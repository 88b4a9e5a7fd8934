/** The options of `airlock vm`, as typed. */
export interface VmOptions {
  readonly target: string;
  readonly out?: string;
  readonly fragment?: boolean;
  readonly name: string;
  readonly guest: string;
  readonly firmware?: string;
  readonly tpm?: boolean;
  readonly cpus: string;
  readonly pin: boolean;
  readonly memory: string;
  readonly pages: string;
  readonly disk: readonly string[];
  readonly cdrom: readonly string[];
  readonly network: readonly string[];
  readonly vf: readonly string[];
  readonly mdev: readonly string[];
  readonly rom: readonly string[];
  readonly display: string;
  readonly kvmfr?: boolean;
  readonly keyboard?: string;
  readonly mouse?: string;
  readonly viommu: string;
  readonly managed?: string;
  readonly hideHypervisor?: boolean;
  readonly iommufd?: boolean;
  readonly libvirt?: string;
  readonly qemu?: string;
  readonly json?: boolean;
}
