import { bridge, functions, leaf } from './part.ts';
import type { GroupLife } from './viability-experiment.ts';

const CARD_BELOW_PORT = [
  bridge(
    'pcie-root-port',
    '3.0',
    functions('0', [leaf('nec-usb-xhci'), leaf('e1000e'), leaf('qemu-xhci')]),
    { 'disable-acs': 'on' },
  ),
];

const WAIT_FOR_CARD = 'wait_for 30 test -e /sys/bus/pci/devices/0000:01:00.1/driver';

/** What happens to groups between the first binding and the last. */
export const groupLives: readonly GroupLife[] = [
  {
    name: 'card-by-card',
    shows: 'three functions and their port, moved one after the other, and back',
    iommu: 'intel',
    parts: CARD_BELOW_PORT,
    drivers: ['xhci-pci', 'e1000e'],
    smoke: ['6.1'],
    script: `${WAIT_FOR_CARD}
state native
give 0000:01:00.0 vfio-pci
state one-moved
give 0000:01:00.1 none
state one-unbound
give 0000:01:00.2 pci-stub
state one-on-pci-stub
give 0000:01:00.1 vfio-pci
give 0000:01:00.2 vfio-pci
state all-moved
give_back 0000:01:00.1
state one-back
give_back 0000:01:00.0
give_back 0000:01:00.2
state all-back`,
  },
  {
    name: 'port-to-vfio',
    shows: 'a bridge that VFIO refuses, and one without a driver',
    iommu: 'intel',
    parts: CARD_BELOW_PORT,
    drivers: [],
    script: `give 0000:01:00.0 vfio-pci
state before
give 0000:00:03.0 vfio-pci
state refused-bridge
give 0000:00:03.0 pci-stub
state bridge-on-pci-stub`,
  },
  {
    name: 'behind-conventional-bridge',
    shows: 'cards behind a conventional bridge, whose driver stays',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        bridge('pcie-pci-bridge', '0.0', [leaf('rtl8139', '1.0'), leaf('e1000', '2.0')]),
      ]),
    ],
    drivers: ['8139cp', 'e1000'],
    script: `wait_for 30 test -e /sys/bus/pci/devices/0000:02:02.0/driver
state native
give 0000:02:01.0 vfio-pci
state one-moved
give 0000:02:02.0 vfio-pci
state all-moved`,
  },
  {
    name: 'chipset',
    shows: 'functions of the chipset, with and without their drivers',
    iommu: 'intel',
    parts: [leaf('e1000e', '3.0')],
    drivers: ['ahci', 'i2c_i801', 'e1000e'],
    script: `wait_for 30 test -e /sys/bus/pci/devices/0000:00:1f.3/driver
give 0000:00:1f.2 vfio-pci
state beside-smbus
give 0000:00:1f.3 none
state smbus-unbound
give 0000:00:1f.0 vfio-pci
state with-lpc`,
  },
  {
    name: 'in-use',
    shows: 'while a program has the device, a native driver cannot take another member',
    kernels: ['6.1', '6.12', '7.3'],
    iommu: 'intel',
    parts: CARD_BELOW_PORT,
    drivers: ['xhci-pci', 'e1000e'],
    script: `${WAIT_FOR_CARD}
for function in 0 1 2; do give 0000:01:00.$function vfio-pci; done
group=$(basename "$(readlink /sys/bus/pci/devices/0000:01:00.0/iommu_group)")
vfio-ask "$group" 0000:01:00.0 60 >/out/held &
wait_for 20 test -s /out/held
state held
give_back 0000:01:00.1
state native-offered
[ ! -e /sys/bus/pci/devices/0000:01:00.1/driver ] || echo "LAB cannot believe that a native driver was let in"
kill $!
wait
state released`,
  },
  {
    name: 'in-use-before-5.19',
    shows: 'the same on an older kernel, which stops when the native driver has taken it',
    kernels: ['5.10'],
    iommu: 'intel',
    parts: CARD_BELOW_PORT,
    drivers: ['xhci-pci', 'e1000e'],
    script: `${WAIT_FOR_CARD}
for function in 0 1 2; do give 0000:01:00.$function vfio-pci; done
group=$(basename "$(readlink /sys/bus/pci/devices/0000:01:00.0/iommu_group)")
vfio-ask "$group" 0000:01:00.0 6 | answer held &
wait_for 5 test -s /out/held
give_back 0000:01:00.1`,
    endsWith: /kernel BUG at drivers\/vfio\/vfio\.c/,
  },
  {
    name: 'amd',
    shows: 'the same verdicts with AMD-Vi',
    iommu: 'amd',
    parts: CARD_BELOW_PORT,
    drivers: ['xhci-pci', 'e1000e'],
    script: `${WAIT_FOR_CARD}
give 0000:01:00.0 vfio-pci
state one-moved
give 0000:01:00.1 none
give 0000:01:00.2 pci-stub
state viable
give 0000:01:00.1 vfio-pci
give 0000:01:00.2 vfio-pci
state all-moved`,
  },
  {
    name: 'hot-plugged',
    shows: 'a card plugged into a group that is claimed, with and without its driver',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        bridge(
          'x3130-upstream',
          '0.0',
          functions('0', [
            bridge('xio3130-downstream', undefined, [leaf('nec-usb-xhci')]),
            bridge('xio3130-downstream', undefined, []),
          ]),
        ),
      ]),
    ],
    drivers: ['xhci-pci', 'e1000e'],
    script: `wait_for 30 test -e /sys/bus/pci/devices/0000:03:00.0/driver
give 0000:03:00.0 vfio-pci
state alone
monitor device_add e1000e,bus=part5,id=late,romfile=
wait_for 30 test -e /sys/bus/pci/devices/0000:04:00.0/driver
state newcomer-on-its-driver
give 0000:04:00.0 none
state newcomer-unbound`,
  },
];
