import type { Bdf } from './bdf.ts';
import type { Fact } from './fact.ts';

/** Programs and virtual machines that use functions. */
export interface UserFacts {
  /** Open files of processes. */
  readonly openNodes: Fact<OpenNodes>;
  /** `proc/driver/nvidia/gpus/<bdf>/information`: the number in `/dev/nvidiaN`. */
  readonly nvidiaMinors: Fact<readonly { readonly bdf: Bdf; readonly minor: number }[]>;
  /** Device nodes of VFIO for one function, `sys/devices/…/vfio-dev/vfioN`. */
  readonly vfioNodes: readonly { readonly bdf: Bdf; readonly node: string }[];
  /** Host devices in the configurations of libvirt and Proxmox; says nothing about running. */
  readonly configured: Fact<readonly ConfiguredDevice[]>;
}

export interface OpenNodes {
  readonly nodes: readonly OpenNode[];
  /** False where processes of others could not be looked at. */
  readonly isWhole: boolean;
}

export interface OpenNode {
  readonly processId: number;
  /** `comm`. */
  readonly processName: string;
  /** `/dev/dri/card0`, `/dev/vfio/15`. */
  readonly node: string;
}

export interface ConfiguredDevice {
  readonly machine: string;
  readonly bdf: Bdf;
  /** The file that names it. */
  readonly source: string;
}
