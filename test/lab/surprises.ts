import type { Bdf } from '../../shared/bdf.ts';
import type { Plan } from '../../shared/plan.ts';
import { bridge, functions, leaf } from './part.ts';
import type { Surprise } from './surprise-experiment.ts';

const NIC = [bridge('pcie-root-port', '3.0', [leaf('e1000e')])];
const CARD = [
  bridge(
    'pcie-root-port',
    '3.0',
    functions('0', [leaf('nec-usb-xhci'), leaf('e1000e'), leaf('qemu-xhci')]),
    { 'disable-acs': 'on' },
  ),
];
/** Two downstream ports without ACS; the second, `part5`, is empty. */
const SWITCH = [
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
];

const nic = {
  iommu: 'intel',
  parts: NIC,
  drivers: ['e1000e'],
  bdf: '0000:01:00.0' as Bdf,
} as const;
const card = { ...nic, parts: CARD, drivers: ['xhci-pci', 'e1000e'] } as const;

/** What comes between a plan and its end on real kernels. Each proof has every driver where it was. */
export const surprises: readonly Surprise[] = [
  {
    ...card,
    name: 'vanishing',
    shows: 'one of three functions is removed after each line of an apply, and comes back',
    job: (plan) =>
      linesFrom(plan, 'driver')
        .map((line) => `vanish_after_line ${line} 0000:01:00.1`)
        .join('\n'),
    proofs: 8,
  },
  {
    ...nic,
    name: 'unplugged',
    shows: 'a card is pulled while plans are applied and undone all the time, and plugged in again',
    job: () => `monitor device_del part2
while there 0000:01:00.0; do
  sh $HELPER apply $PLAN >/tmp/said 2>&1
  status=$?
  case $status in
    0) sh $HELPER undo "$(newest)" >/tmp/undone 2>&1 || give_back_all ;;
    3 | 4) ;;
    *) echo "LAB cannot explain status $status"; cat /tmp/said ;;
  esac
done
give_back_all
plug e1000e part1 again 0000:01:00.0 ,romfile=
wait_for 30 settled
same_as_before unplugged`,
    proofs: 1,
  },
  {
    ...card,
    name: 'refused-by-vfio',
    shows: 'vfio-pci refuses the last of three functions, which is on its list of broken ones',
    ids: { 'qemu-xhci': '8086:37c8' },
    job: () => 'proves refused 4 probe 0000:01:00.2 apply $PLAN',
    proofs: 1,
  },
  {
    ...nic,
    name: 'driver-gone',
    shows:
      'the VFIO driver goes away before the probe, the native one before undo; somebody binds another',
    job: (plan) => `meanwhile ${lineOf(plan, 'done group')} rmmod vfio-pci
proves vfio-gone 4 probe 0000:01:00.0 held
ends 0 - - apply $PLAN
rmmod e1000e
ends 6 lost 0000:01:00.0 undo "$(newest)"
load e1000e
wait_for 30 driven 0000:01:00.0
proves native-gone 0 - - recover
ends 0 - - apply $PLAN
load pci-stub
give 0000:01:00.0 pci-stub
ends 5 changed 0000:01:00.0 undo "$(newest)"
give 0000:01:00.0 vfio-pci
proves changed 0 - - undo "$(newest)"`,
    proofs: 3,
  },
  {
    ...card,
    name: 'in-use',
    shows:
      'a program has one of three functions open through VFIO: undo names it and changes nothing',
    job: () => `ends 0 - - apply $PLAN
drivers >/tmp/bound
held_open 0000:01:00.0 600
ends 5 in-use 0000:01:00.2 undo "$(newest)"
drivers | cmp -s - /tmp/bound || echo "LAB cannot find everything on VFIO"
grep -q "process $holder" /tmp/said || echo "LAB cannot find the process in the message"
kill $holder
wait $holder
proves released 0 - - undo "$(newest)"`,
    proofs: 1,
  },
  {
    ...nic,
    name: 'unbind-blocks',
    shows:
      'a program that nobody can find has the function open: the kernel waits, and the rollback ends by itself',
    job: () => `ends 0 - - apply $PLAN
held_open 0000:01:00.0 75 /jail
ends 6 in-use 0000:01:00.0 undo "$(newest)"
ends 7 busy helper confirm "$(newest)"
wait_for 120 settled
wait_for 60 grep -q '^state undone' "/var/lib/airlock/receipts/$(newest)/journal"
same_as_before unbind-blocks`,
    proofs: 1,
  },
  {
    ...nic,
    name: 'host-needs-it',
    shows:
      'a network card with the default route: the planner stops, and where the address is typed it comes back',
    use: `ip link set "$(ls /sys/bus/pci/devices/0000:01:00.0/net)" up
ip address add 192.0.2.2/24 dev "$(ls /sys/bus/pci/devices/0000:01:00.0/net)"
ip route add default via 192.0.2.1`,
    overrides: ['0000:01:00.0'],
    stop: 'default-route',
    job: () => `ends 0 - - apply $PLAN
proves busy-network 0 - - undo "$(newest)"`,
    proofs: 1,
  },
  {
    ...nic,
    name: 'race',
    shows: 'four helpers at the same moment, again and again: one wins, three are refused',
    job: () => 'race 8',
    proofs: 8,
  },
  {
    ...card,
    name: 'not-viable',
    shows:
      'a plan that leaves a member on its driver: refused with its name, and VFIO says the same',
    smoke: ['6.1'],
    job: (plan) => `count=${plan.steps.length}
grep -v '^driver 0000:01:00.1 ' $PLAN | sed "s/^end .*/end $((count - 1))/" >/tmp/part
PLAN=/tmp/part
meanwhile ${lineOf(plan, 'begin viable') - 3} eval 'vfio_says >/out/vfio'
grep -q viable=0 /out/vfio || { echo "LAB cannot see that VFIO refuses the group"; cat /out/vfio; }
proves not-viable 4 not-viable 0000:01:00.1 held`,
    proofs: 1,
  },
  {
    ...nic,
    name: 'stale',
    shows: 'a plan of another boot, another driver, another override, another card',
    job: () => `proves other-boot 3 rebooted plan apply /plan/steps.txt
give 0000:01:00.0 none
ends 3 stale-driver 0000:01:00.0 apply $PLAN
give_back 0000:01:00.0
same_as_before other-driver
echo pci-stub >/sys/bus/pci/devices/0000:01:00.0/driver_override
ends 3 stale-override 0000:01:00.0 check $PLAN
echo >/sys/bus/pci/devices/0000:01:00.0/driver_override
same_as_before other-override
unplug part2 0000:01:00.0
ends 3 gone 0000:01:00.0 apply $PLAN
plug rtl8139 part1 other 0000:01:00.0 ,romfile=
ends 3 moved 0000:01:00.0 apply $PLAN
unplug other 0000:01:00.0
plug e1000e part1 again 0000:01:00.0 ,romfile=
wait_for 30 settled
same_as_before other-card`,
    proofs: 4,
  },
  {
    ...card,
    name: 'hot-plug',
    shows:
      'a card comes into the group between plan and apply, and during apply with and without its driver',
    parts: SWITCH,
    bdf: '0000:03:00.0' as Bdf,
    job: (plan) => `plug e1000e part5 early 0000:04:00.0 ,romfile=
ends 3 stale-group 0000:03:00.0 apply $PLAN
unplug early 0000:04:00.0
same_as_before before-apply
newcomer() {
  plug e1000e part5 late 0000:04:00.0 ,romfile=
  [ ! -d /sys/module/e1000e ] || wait_for 30 driven 0000:04:00.0
}
meanwhile ${lineOf(plan, 'done group')} newcomer
ends 4 not-viable 0000:04:00.0 held
unplug late 0000:04:00.0
same_as_before with-its-driver
rmmod e1000e
meanwhile ${lineOf(plan, 'done group')} newcomer
ends 0 - - held
vfio_says | grep -q viable=1 || echo "LAB cannot see that VFIO takes the group"
ends 0 - - undo "$(newest)"
unplug late 0000:04:00.0
same_as_before without-driver`,
    proofs: 3,
  },
];

/** The number of the line of an apply that begins or ends the first step of a kind; the receipt is line 1. */
function lineOf({ steps }: Plan, words: string): number {
  const [what, kind] = words.split(' ');
  const at = steps.findIndex(({ line }) => line.startsWith(`${kind} `));
  return 2 * at + (what === 'begin' ? 2 : 3);
}

/** The lines from the first of a kind on, to the last of the steps. */
function linesFrom(plan: Plan, kind: string): readonly number[] {
  const first = lineOf(plan, `begin ${kind}`);
  return Array.from({ length: 2 * plan.steps.length + 2 - first }, (_, at) => first + at);
}
