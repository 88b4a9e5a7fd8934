/** One option of `qm set`, and one line of a machine's configuration. */
export interface ProxmoxOption {
  readonly key: string;
  readonly value: string;
  /** Something that Proxmox makes on the storage that its user chooses. */
  readonly isOnStorage?: boolean;
}
