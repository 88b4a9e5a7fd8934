import type { TreeOptions } from './build-tree.ts';

const NIC = (slot: string) => `sys/devices/pci0000:00/0000:00:${slot}.0/net`;
const VIRTUAL = 'sys/devices/virtual/net';

/** A bridge on a VLAN of a bond of two NICs, with a tap of a VM, and a third NIC that is down. */
export const NETWORK_TREE: TreeOptions = {
  functions: ['02', '03', '04'].map((slot, index) => ({
    bdf: `0000:00:${slot}.0`,
    config: { classCode: 0x020000, deviceId: 0x1521 + index },
    driver: 'igb',
    group: String(index),
    files: { reset_method: 'flr\n' },
  })),
  iommu: 'dmar0',
  links: {
    'sys/class/net/eth0': `../../../${NIC('02')}/eth0`,
    'sys/class/net/eth1': `../../../${NIC('03')}/eth1`,
    'sys/class/net/eth2': `../../../${NIC('04')}/eth2`,
    'sys/class/net/bond0': `../../../${VIRTUAL}/bond0`,
    'sys/class/net/bond0.5': `../../../${VIRTUAL}/bond0.5`,
    'sys/class/net/br0': `../../../${VIRTUAL}/br0`,
    'sys/class/net/tap0': `../../../${VIRTUAL}/tap0`,
    [`${NIC('02')}/eth0/master`]: '../../../../virtual/net/bond0',
    [`${VIRTUAL}/bond0/lower_eth0`]: '../../../pci0000:00/0000:00:02.0/net/eth0',
    [`${VIRTUAL}/br0/brif/bond0.5`]: '../../bond0.5/brport',
    [`${VIRTUAL}/br0/brif/tap0`]: '../../tap0/brport',
    [`${VIRTUAL}/tap0/master`]: '../br0',
  },
  files: {
    [`${NIC('02')}/eth0/operstate`]: 'up\n',
    [`${NIC('03')}/eth1/operstate`]: 'up\n',
    [`${NIC('04')}/eth2/operstate`]: 'down\n',
    [`${VIRTUAL}/bond0/bonding/slaves`]: 'eth0 eth1\n',
    [`${VIRTUAL}/bond0/operstate`]: 'up\n',
    [`${VIRTUAL}/bond0.5/operstate`]: 'up\n',
    [`${VIRTUAL}/br0/operstate`]: 'up\n',
    [`${VIRTUAL}/br0/bridge/stp_state`]: '0\n',
    [`${VIRTUAL}/tap0/operstate`]: 'unknown\n',
    'sys/class/net/bonding_masters': 'bond0\n',
    'proc/net/vlan/config':
      'VLAN Dev name    | VLAN ID\nName-Type: VLAN_NAME_TYPE_RAW_PLUS_VID_NO_PAD\nbond0.5        | 5  | bond0\n',
    'proc/net/route':
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n' +
      'br0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n' +
      'br0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n',
  },
};
