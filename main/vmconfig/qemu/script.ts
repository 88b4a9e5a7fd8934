import { shellWord } from '../../../shared/shell-word.ts';
import { formatCpuList } from '../../../shared/cpu-list.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import { fileName } from '../file-name.ts';
import { tpmFolder } from './emulated-part.ts';
import { firmwareFiles } from './firmware.ts';

/**
 * A shell script that starts the machine: makes the copy of the firmware's variables, starts the
 * TPM, starts QEMU, and pins its threads, which QEMU leaves to others.
 *
 * @param argv - The program and its arguments.
 */
export function writeScript(vm: PlacedVm, argv: readonly string[]): string {
  const [program = '', ...words] = argv;
  const pid = `${fileName(vm.name)}.pid`;
  return [
    '#!/bin/sh',
    '# Starts a virtual machine. Files of its own are made beside this script.',
    'set -eu',
    'cd "$(dirname "$0")"',
    ...firmwareLines(vm),
    ...tpmLines(vm),
    `${shellWord(program)} \\`,
    ...pairs(words).map((line) => `  ${line} \\`),
    `  -daemonize -pidfile ${shellWord(pid)}`,
    ...pinLines(vm, pid),
    '',
  ].join('\n');
}

/** An option and its value share a line. */
function pairs(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    if (word.startsWith('-') || lines.length === 0) lines.push(shellWord(word));
    else lines.push(`${lines.pop() ?? ''} ${shellWord(word)}`);
  }
  return lines;
}

function firmwareLines(vm: PlacedVm): readonly string[] {
  const files = firmwareFiles(vm);
  if (files === undefined) return [];
  const copy = shellWord(files.copy);
  return [`[ -e ${copy} ] || cp ${shellWord(files.variables)} ${copy}`];
}

function tpmLines(vm: PlacedVm): readonly string[] {
  if (vm.tpm === undefined) return [];
  const folder = shellWord(tpmFolder(vm));
  return [
    `mkdir -p ${folder}`,
    `swtpm socket --tpm2 --tpmstate dir=${folder} --ctrl type=unixio,path=${folder}/socket --terminate --daemon`,
  ];
}

/** Threads have names with `debug-threads=on`. @see QEMU util/qemu-thread-posix.c, accel/kvm */
function pinLines({ cpu }: PlacedVm, pid: string): readonly string[] {
  if (cpu.pins.length === 0) return [];
  return [
    `pid=$(cat ${shellWord(pid)})`,
    ...(cpu.emulatorCpus.length > 0
      ? [`taskset -a -c -p ${formatCpuList(cpu.emulatorCpus)} "$pid" >/dev/null`]
      : []),
    'for task in "/proc/$pid/task"/*; do',
    '  case $(cat "$task/comm") in',
    ...cpu.pins.map(
      ({ vcpu, cpus }) =>
        `    'CPU ${vcpu}/KVM') taskset -c -p ${formatCpuList(cpus)} "\${task##*/}" ;;`,
    ),
    '  esac',
    'done >/dev/null',
  ];
}
