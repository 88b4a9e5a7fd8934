import type { VmForm } from './vm-form.ts';

/** What is wrong with fields, by their names: `disks.0.path`. Empty where nothing is. */
export type FormProblems = Readonly<Record<string, string>>;

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;
const VERSION = /^\d{1,3}\.\d{1,3}(\.\d{1,5})?$/;
/** What neither XML nor a command line holds, as in `shared/vm.ts`. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** Looks through a form; the words say what would be right. */
export function findFormProblems(form: VmForm): FormProblems {
  const found: [string, string | undefined][] = [
    ['name', nameProblem(form.name)],
    ['cpus', numberProblem(form.cpus, 1, 1024)],
    ['memoryGib', memoryProblem(form.memoryGib)],
    ...form.devices.flatMap((device, index): [string, string | undefined][] => [
      [`devices.${index}.mac`, device.isVf ? macProblem(device.mac) : undefined],
      [`devices.${index}.vlan`, device.isVf ? optionalNumber(device.vlan, 4094) : undefined],
      [`devices.${index}.romFile`, pathProblem(device.romFile)],
      [`devices.${index}.bootOrder`, optionalNumber(device.bootOrder, 99)],
    ]),
    ...form.disks.map(({ path }, index): [string, string | undefined] => [
      `disks.${index}.path`,
      pathProblem(path),
    ]),
    ...form.networks.flatMap(({ name, mac }, index): [string, string | undefined][] => [
      [`networks.${index}.name`, wordsProblem(name)],
      [`networks.${index}.mac`, macProblem(mac)],
    ]),
    ...(form.display === 'looking-glass' ? screenProblems(form) : []),
    ...(form.input === 'evdev' ? inputProblems(form) : []),
    ['libvirtVersion', versionProblem(form.libvirtVersion)],
    ['qemuVersion', versionProblem(form.qemuVersion)],
  ];
  return Object.fromEntries(
    found.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function screenProblems(form: VmForm): [string, string | undefined][] {
  return [
    ['screenWidth', numberProblem(form.screenWidth, 1, 16384)],
    ['screenHeight', numberProblem(form.screenHeight, 1, 16384)],
  ];
}

function inputProblems({ keyboard, mouse }: VmForm): [string, string | undefined][] {
  const missing = keyboard === '' ? 'A path below /dev/input/by-id' : undefined;
  return [
    ['keyboard', missing ?? pathProblem(keyboard)],
    ['mouse', pathProblem(mouse)],
  ];
}

function nameProblem(name: string): string | undefined {
  return name.includes('/') ? 'No slash: libvirt refuses it' : wordsProblem(name);
}

function wordsProblem(words: string): string | undefined {
  if (words.length > 1024) return 'At most 1,024 characters';
  return CONTROL.test(words) ? 'No control characters' : undefined;
}

function pathProblem(path: string): string | undefined {
  if (path !== '' && !path.startsWith('/')) return 'A path from the root on: /…';
  return wordsProblem(path);
}

function macProblem(mac: string): string | undefined {
  return mac === '' || MAC.test(mac) ? undefined : 'Six bytes: 52:54:00:12:34:56';
}

function versionProblem(version: string): string | undefined {
  return version === '' || VERSION.test(version) ? undefined : 'Numbers like 9.0.0';
}

function optionalNumber(text: string, most: number): string | undefined {
  return text === '' ? undefined : numberProblem(text, 1, most);
}

function numberProblem(text: string, least: number, most: number): string | undefined {
  const value = Number(text);
  const isRight = /^\d+$/.test(text) && value >= least && value <= most;
  return isRight ? undefined : `A whole number from ${least} to ${most.toLocaleString('en-US')}`;
}

/** Quarters of a GiB, so that it is a whole number of MiB and of large pages. */
function memoryProblem(text: string): string | undefined {
  const value = Number(text);
  const isRight = /^\d+(\.\d+)?$/.test(text) && Number.isInteger(value * 4);
  return isRight && value >= 0.25 && value <= 65_536
    ? undefined
    : 'GiB in quarters, from 0.25 to 65,536';
}
