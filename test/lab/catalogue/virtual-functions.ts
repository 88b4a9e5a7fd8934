import { bridge, leaf } from '../part.ts';
import type { Topology } from '../topology.ts';

const DRIVE = {
  subsys: 'drives',
  sriov_max_vfs: '8',
  sriov_vq_flexible: '16',
  sriov_vi_flexible: '8',
};
const SUBSYSTEM = ['-device', 'nvme-subsys,id=drives'];

const guest = (count: number) => ({ modules: ['nvme'], before: `virtual_functions ${count}` });

/** SR-IOV: virtual functions are born after the groups of the start. */
export const virtualFunctionTopologies: readonly Topology[] = [
  {
    name: 'virtual-functions',
    shows: 'Virtual functions below a port with ACS are apart',
    iommu: 'intel',
    args: SUBSYSTEM,
    parts: [bridge('pcie-root-port', '3.0', [leaf('nvme', undefined, DRIVE)])],
    guest: guest(4),
    smoke: ['6.12'],
  },
  {
    name: 'virtual-functions-no-acs',
    shows: 'Virtual functions below a port without ACS join its group',
    iommu: 'intel',
    args: SUBSYSTEM,
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('nvme', undefined, DRIVE)], { 'disable-acs': 'on' }),
    ],
    guest: guest(3),
  },
  {
    name: 'virtual-functions-below-switch',
    shows: 'Virtual functions below a switch without ACS',
    iommu: 'intel',
    args: SUBSYSTEM,
    parts: [
      bridge('pcie-root-port', '3.0', [
        bridge('x3130-upstream', '0.0', [
          bridge('xio3130-downstream', '0.0', [leaf('nvme', undefined, DRIVE)]),
          bridge('xio3130-downstream', '1.0', [leaf('e1000e')]),
        ]),
      ]),
    ],
    guest: guest(2),
  },
  {
    name: 'virtual-functions-on-root-bus',
    shows: 'Virtual functions of an integrated endpoint reach over the slots beside it',
    iommu: 'intel',
    args: SUBSYSTEM,
    parts: [leaf('nvme', '3.0', DRIVE), leaf('e1000e', '8.0')],
    guest: guest(8),
  },
  {
    name: 'virtual-functions-ari',
    shows: 'More than seven virtual functions: function numbers beyond one slot',
    iommu: 'intel',
    args: SUBSYSTEM,
    parts: [
      bridge('pcie-root-port', '3.0', [
        leaf('nvme', undefined, {
          ...DRIVE,
          sriov_max_vfs: '20',
          sriov_vq_flexible: '40',
          sriov_vi_flexible: '20',
        }),
      ]),
    ],
    guest: guest(18),
  },
  {
    name: 'virtual-functions-on-two-buses',
    shows: 'Virtual functions of two drives, one below a port with ACS, one below a port without',
    iommu: 'intel',
    args: [...SUBSYSTEM, '-device', 'nvme-subsys,id=others'],
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('nvme', undefined, DRIVE)]),
      bridge('pcie-root-port', '4.0', [leaf('nvme', undefined, { ...DRIVE, subsys: 'others' })], {
        'disable-acs': 'on',
      }),
    ],
    guest: guest(4),
  },
];
