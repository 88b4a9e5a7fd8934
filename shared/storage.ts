import type { Bdf } from './bdf.ts';
import type { Fact } from './fact.ts';

/** What the host keeps on its disks, and through which layers. */
export interface StorageFacts {
  /** `sys/class/block`: disks, partitions and everything made of them. */
  readonly blocks: Fact<readonly BlockDevice[]>;
  /** `proc/self/mountinfo`, or the older mount tables; file systems without a device are left out. */
  readonly mounts: Fact<readonly Mount[]>;
  /** `proc/swaps`. */
  readonly swaps: Fact<readonly Swap[]>;
  /** `sys/fs/btrfs/<uuid>/devices`: the members of each btrfs, which a mount names one of. */
  readonly btrfs: Fact<readonly MemberSet[]>;
  /** ZFS pools by the answer of `zpool status -LP`; no file of the kernel tells their members. */
  readonly zfsPools: Fact<readonly MemberSet[]>;
  /** `sys/fs/bcache/<uuid>`: which cache devices stand before which backing devices. */
  readonly bcacheSets: Fact<readonly BcacheSet[]>;
  /** `sys/class/nvme-subsystem`: the controllers on which a namespace with several paths hangs. */
  readonly nvmeSubsystems: Fact<readonly NvmeSubsystem[]>;
  /** LVM's physical volumes by the answer of `pvs`; volumes in use are in `slaves` as well. */
  readonly physicalVolumes: Fact<readonly MemberSet[]>;
}

/** One entry of `sys/class/block`. */
export interface BlockDevice {
  /** `nvme0n1p2`, `dm-0`, `md127`. */
  readonly name: string;
  /** `dev`: major and minor number as mounts name it, `259:2`. */
  readonly number: Fact<string>;
  /** PCI functions on the path of its directory, from the root on; empty for a virtual device. */
  readonly path: readonly Bdf[];
  /** The disk that a partition is a part of. */
  readonly disk: string | undefined;
  /** `slaves`: the devices that it is made of. */
  readonly slaves: Fact<readonly string[]>;
  /** `dm/name`: the volume as it is called below `/dev/mapper`. */
  readonly mappedName?: string;
  /** Start of `dm/uuid`: `LVM`, `CRYPT`, `mpath`; who made the mapping. */
  readonly mappedBy?: string;
  /** `md/level`: `raid1`. */
  readonly raidLevel?: string;
  /** `loop/backing_file`; unreadable where a loop device in use does not show it. */
  readonly backingFile?: Fact<string>;
  /** The NVMe subsystem that the namespace belongs to, where the kernel joins its paths. */
  readonly nvmeSubsystem?: string;
}

/** One line of the mount table that lies on a device. */
export interface Mount {
  readonly mountPoint: string;
  /** `/dev/nvme0n1p2`, `rpool/ROOT/pve-1`. */
  readonly source: string;
  /** `ext4`, `btrfs`, `zfs`; `undefined` where the table has none. */
  readonly fileSystem: string | undefined;
  /** Major and minor number; 0 as major is no device. `undefined` in the older tables. */
  readonly number: string | undefined;
}

export interface Swap {
  /** A device, or the path of a file. */
  readonly source: string;
  readonly isFile: boolean;
}

/** A name and the block devices that belong to it. */
export interface MemberSet {
  readonly name: string;
  /** Names as in `sys/class/block`; a path where a member is a file. */
  readonly members: readonly string[];
}

export interface BcacheSet {
  readonly backing: readonly string[];
  readonly caches: readonly string[];
}

export interface NvmeSubsystem {
  readonly name: string;
  /** PCI functions on the path of each controller; empty for one across a network. */
  readonly controllers: readonly { readonly name: string; readonly path: readonly Bdf[] }[];
}
