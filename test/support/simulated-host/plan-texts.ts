import type { StepsFile } from '../../../main/binding/plan/step.ts';
import { AUDIO, AUDIO_CARD, BRIDGE, GPU, GPU_CARD } from './graphics-card.ts';

/** A plan with a step of each kind. */
export const WHOLE_PLAN: StepsFile = {
  planId: 'a1b2c3d4e5f60718',
  machine: '0123456789abcdef0123456789abcdef',
  bootId: '11111111-2222-4333-8444-555555555555',
  kernelRelease: '6.12.117+deb13-amd64',
  steps: [
    { kind: 'timer', when: 'run', minutes: 10 },
    { kind: 'timer', when: 'boot', minutes: 60 },
    { kind: 'module', name: 'vfio_iommu_type1' },
    { kind: 'group', bdf: GPU, members: [BRIDGE, GPU, AUDIO, 'AMDI0030:00'] },
    { kind: 'driver', card: GPU_CARD, from: 'nvidia', override: 'nvidia', to: 'vfio-pci' },
    { kind: 'driver', card: AUDIO_CARD, from: undefined, override: undefined, to: 'vfio-pci' },
    { kind: 'viable', bdf: GPU },
    { kind: 'install', name: 'revert-service', before: undefined },
    { kind: 'function', card: GPU_CARD, to: 'mlx5_vfio_pci' },
    { kind: 'list', before: 'ab'.repeat(32) },
    {
      kind: 'arguments',
      place: 'grub',
      before: undefined,
      arguments: ['iommu=pt', 'vfio-pci.ids=10de:2204,10de:1aef'],
    },
    { kind: 'rebuild', stack: 'dracut' },
  ],
};

export const WHOLE_TEXT = `airlock-steps/1
plan a1b2c3d4e5f60718
machine 0123456789abcdef0123456789abcdef
boot 11111111-2222-4333-8444-555555555555
kernel 6.12.117+deb13-amd64
timer run 10
timer boot 60
module vfio_iommu_type1
group 0000:01:00.0 0000:00:01.0,0000:01:00.0,0000:01:00.1,AMDI0030:00
driver 0000:01:00.0 10de:2204 1043:87d7 030000 4 nvidia nvidia vfio-pci
driver 0000:01:00.1 10de:1aef 1043:87d7 040300 - none none vfio-pci
viable 0000:01:00.0
install revert-service absent
function 0000:01:00.0 10de:2204 1043:87d7 030000 4 mlx5_vfio_pci
list ${'ab'.repeat(32)}
arguments grub absent iommu=pt vfio-pci.ids=10de:2204,10de:1aef
rebuild dracut
end 12
`;

/** A plan that keeps its steps for the start of a machine. */
export const HOOK_PLAN: StepsFile = {
  planId: 'a1b2c3d4e5f60718',
  machine: undefined,
  bootId: undefined,
  kernelRelease: undefined,
  steps: [
    { kind: 'start', step: { kind: 'module', name: 'vfio-pci' } },
    { kind: 'start', step: { kind: 'group', bdf: GPU, members: [BRIDGE, GPU, AUDIO] } },
    {
      kind: 'start',
      step: {
        kind: 'driver',
        card: GPU_CARD,
        from: 'nvidia',
        override: undefined,
        to: 'vfio-pci',
      },
    },
    { kind: 'start', step: { kind: 'viable', bdf: GPU } },
    { kind: 'install', name: 'libvirt-hook', before: undefined },
    { kind: 'hook', machine: 'win11-gaming', before: undefined },
  ],
};

export const HOOK_TEXT = `airlock-steps/1
plan a1b2c3d4e5f60718
machine any
boot any
kernel any
start module vfio-pci
start group 0000:01:00.0 0000:00:01.0,0000:01:00.0,0000:01:00.1
start driver 0000:01:00.0 10de:2204 1043:87d7 030000 4 nvidia none vfio-pci
start viable 0000:01:00.0
install libvirt-hook absent
hook win11-gaming absent
end 6
`;

const DRIVER = 'driver 0000:01:00.0 10de:2204 1043:87d7 030000 - nvidia none vfio-pci';
const HEADER = 'airlock-steps/1\nplan a1b2c3d4e5f60718\nmachine any\nboot any\nkernel any\n';

/** A plan around some lines; the count at its end is right. */
function plan(...lines: readonly string[]): string {
  return `${HEADER}${lines.map((line) => `${line}\n`).join('')}end ${lines.length}\n`;
}

const GROUP = 'group 0000:01:00.0 0000:01:00.0';
const VIABLE = 'viable 0000:01:00.0';

/** A plan that keeps a card for the start of a machine, with other last lines. */
function hook(...lines: readonly string[]): string {
  return plan(`start ${GROUP}`, `start ${DRIVER}`, `start ${VIABLE}`, ...lines);
}

export const SMALL_PLAN = plan('module vfio-pci', GROUP, DRIVER, VIABLE);

/** A driver step with one word changed. */
function driver(from: string, to: string): string {
  return plan(GROUP, DRIVER.replace(from, to), VIABLE);
}

function header(from: string, to: string): string {
  return SMALL_PLAN.replace(from, to);
}

/** One plan for each rule of the grammar that it breaks. */
export const BREAKING: readonly (readonly [string, string])[] = [
  ['it is empty', ''],
  ['it is another format', header('airlock-steps/1', 'airlock-steps/2')],
  ['a header line is missing', header('machine any\n', '')],
  ['header lines are in another order', header('machine any\nboot any', 'boot any\nmachine any')],
  ['the plan id is short', header('a1b2c3d4e5f60718', 'a1b2c3d4e5f6071')],
  ['the plan id has a capital', header('a1b2', 'A1b2')],
  ['the machine is a word', header('machine any', 'machine this')],
  ['the boot id is no UUID', header('boot any', 'boot 1')],
  ['the kernel release has a slash', header('kernel any', 'kernel 6/1')],
  ['there is no step', plan()],
  ['the count is wrong', SMALL_PLAN.replace('end 4', 'end 3')],
  ['the count is missing', SMALL_PLAN.replace('end 4\n', '')],
  ['something follows the count', `${SMALL_PLAN}module vfio-pci\n`],
  ['the last line is cut', SMALL_PLAN.slice(0, -1)],
  ['something without an end follows the count', `${SMALL_PLAN}nvidia`],
  ['a line is empty', SMALL_PLAN.replace('module', '\nmodule')],
  ['there are two blanks', SMALL_PLAN.replace('module ', 'module  ')],
  ['a line begins with a blank', SMALL_PLAN.replace('module', ' module')],
  ['a line ends with a blank', SMALL_PLAN.replace('vfio-pci\n', 'vfio-pci \n')],
  ['there is a tab', SMALL_PLAN.replace('module ', 'module\t')],
  ['lines end as on Windows', SMALL_PLAN.replaceAll('\n', '\r\n')],
  ['there is a NUL', SMALL_PLAN.replace('any', 'any\0')],
  ['there is a quote', SMALL_PLAN.replace('any', "any'")],
  ['there is a letter outside of ASCII', SMALL_PLAN.replace('any', 'äny')],
  ['it is larger than 64 KiB', plan(...Array.from({ length: 5000 }, () => 'module vfio-pci'))],
  ['the kind is unknown', plan('run reboot')],
  ['the kind is a name of the helper', plan('place /etc/passwd')],
  ['the kind has no words', plan('module')],
  ['the module is not in the list', plan('module nvidia')],
  ['a module is named twice', plan('module vfio-pci', 'module vfio-pci')],
  ['a module has an option', plan('module vfio-pci ids=1')],
  ['a timer is no number', plan('timer run ten')],
  ['a timer is zero', plan('timer run 0')],
  ['a timer has a leading zero', plan('timer run 09')],
  ['a timer is over an hour', plan('timer run 61')],
  ['a timer waits for something else', plan('timer never 10')],
  ['a timer comes late', plan('module vfio-pci', 'timer run 10')],
  ['there are two timers of a kind', plan('timer run 10', 'timer run 20')],
  ['a timer of the boot has no unit', plan('timer boot 10')],
  ['an address is not in the kernel form', driver('0000:01:00.0', '01:00.0')],
  ['an address has a capital', driver('0000:01:00.0', '0000:0A:00.0')],
  ['a device number is above 1f', driver('0000:01:00.0', '0000:01:20.0')],
  ['a function number is above 7', driver('0000:01:00.0', '0000:01:00.8')],
  ['an address is a path', driver('0000:01:00.0', '0000:01:00.0/..')],
  ['a domain has nine digits', driver('0000:01:00.0', '000000000:01:00.0')],
  ['ids have three parts', driver('10de:2204', '10de:2204:1')],
  ['ids have five digits', driver('10de:2204', '10de:22044')],
  ['the subsystem is missing', driver(' 1043:87d7', '')],
  ['the class is short', driver('030000', '0300')],
  ['a bridge is to be bound', driver('030000', '060400')],
  ['a slot is a path', driver(' - ', ' ../4 ')],
  ['a driver name has a slash', driver('nvidia', 'a/b')],
  ['a driver name is two dots', driver('nvidia', '..')],
  ['the target is a native driver', driver('vfio-pci', 'nouveau')],
  ['the target is only the end of a name', driver('none vfio-pci', 'none _vfio_pci')],
  ['the target is a path', driver('none vfio-pci', 'none ../x_vfio_pci')],
  ['the target has a capital', driver('none vfio-pci', 'none X_vfio_pci')],
  ['the target is there already', driver('nvidia none', 'vfio-pci none')],
  ['a driver step has a word more', driver('none vfio-pci', 'none vfio-pci x')],
  ['a driver stands outside of a group', plan(DRIVER)],
  [
    'a driver is no member of its group',
    plan('group 0000:02:00.0 0000:02:00.0', DRIVER, 'viable 0000:02:00.0'),
  ],
  ['a function moves twice', plan(GROUP, DRIVER, DRIVER, VIABLE)],
  ['a group is not closed', plan(GROUP, DRIVER)],
  ['a group opens within a group', plan(GROUP, GROUP, VIABLE)],
  ['another group is closed', plan(GROUP, DRIVER, 'viable 0000:02:00.0')],
  ['a group is closed twice', plan(GROUP, VIABLE, VIABLE)],
  ['a group does not have its own function', plan('group 0000:01:00.0 0000:02:00.0', VIABLE)],
  ['a member is empty', plan('group 0000:01:00.0 0000:01:00.0,,x', VIABLE)],
  ['a member is a path', plan('group 0000:01:00.0 0000:01:00.0,../x', VIABLE)],
  ['a member is hidden', plan('group 0000:01:00.0 0000:01:00.0,.x', VIABLE)],
  ['a list has no functions', plan('list absent')],
  [
    'a digest is short',
    plan('function 0000:01:00.0 10de:2204 1043:87d7 030000 - vfio-pci', 'list ab'),
  ],
  ['a constant file is unknown', plan('install my-hook absent')],
  ['a constant file is a path', plan('install ../airlock-helper absent')],
  ['a file is installed twice', plan('install dracut-conf absent', 'install dracut-conf absent')],
  ['a place for arguments is a path', plan('arguments /etc/default/grub absent iommu=pt')],
  ['an argument is not in the list', plan('arguments grub absent init=/bin/sh')],
  ['an argument has shell code', plan('arguments grub absent vfio-pci.ids=$(id)')],
  ['there is no argument', plan('arguments grub absent')],
  ['something else is kept', plan('start rebuild dracut')],
  ['something kept is kept again', plan('start start module vfio-pci')],
  ['nothing is kept', plan('start')],
  ['a kept group is not closed', plan(`start ${GROUP}`, `start ${DRIVER}`)],
  ['a kept driver stands outside of a group', plan(`start ${DRIVER}`)],
  ['something is kept and something done now', plan('start module vfio-pci', GROUP, VIABLE)],
  ['something is done now and something kept', plan(GROUP, VIABLE, 'start module vfio-pci')],
  ['a kept line closes a group of now', plan(GROUP, `start ${VIABLE}`)],
  ['a machine gets nothing', plan('hook win11 absent')],
  ['a machine gets what is done now', plan(GROUP, DRIVER, VIABLE, 'hook win11 absent')],
  ['a machine has no name', hook('hook absent')],
  ['the name of a machine is a path', hook('hook ../win11 absent')],
  ['the name of a machine is hidden', hook('hook .win11 absent')],
  ['the name of a machine is an option', hook('hook -win11 absent')],
  ['the name of a machine is long', hook(`hook ${'a'.repeat(65)} absent`)],
  ['a machine has a word more', hook('hook win11 absent x')],
  ['there are two machines', hook('hook win11 absent', 'hook win10 absent')],
  ['a stack is unknown', plan('rebuild make')],
];
