import { rmSync } from 'node:fs';
import type { Boot } from '../boot.ts';
import { INTERRUPT_REMAPPING, MACHINES } from '../machine.ts';
import { deviceArguments, type Part } from '../part.ts';
import { answersInFile, readAnswers } from '../read-answers.ts';
import { runEmulator } from '../run-emulator.ts';
import type { BootableRoot } from './bootable-root.ts';
import { takeFromDisk } from './disk.ts';

/** How a boot ended. */
export type BootEnd = 'off' | 'reboot' | 'cut' | 'limit';

export interface DiskBoot extends Boot {
  readonly end: BootEnd;
}

/** What a boot from a disk is for. */
export interface DiskJob {
  /** The root's disk, and the one behind the first card. */
  readonly disk: string;
  readonly data: string;
  readonly devices: readonly Part[];
  /** Word of `guest/boot-job`. */
  readonly job: 'read' | 'apply' | 'watch' | 'confirm' | 'look';
  /** The line of the console at which the power is cut. */
  readonly cutAt?: RegExp;
}

const LIMIT_MS = 30 * 60_000;

/**
 * Boots a disk with the kernel and the image that lie on it. They are taken out of it and given to
 * QEMU, which stands in for the boot loader: it does what a loader does, and no more.
 */
export async function bootDisk(root: BootableRoot, wish: DiskJob): Promise<DiskBoot> {
  const files = { initrd: `${wish.disk}.initrd`, answers: `${wish.disk}.answers` };
  rmSync(files.answers, { force: true });
  await takeFromDisk(wish.disk, `/${root.initrd}`, files.initrd);
  const command = commandOf(root, wish, files);
  const startedMs = performance.now();
  let isCut = false;
  const console = await runEmulator(command, LIMIT_MS, (line, cut) => {
    if (isCut || wish.cutAt?.test(line) !== true) return;
    isCut = true;
    cut();
  });
  const seconds = (performance.now() - startedMs) / 1000;
  const answers = await readAnswers(answersInFile(files.answers));
  return { mishaps: [], console, answers, seconds, command, end: isCut ? 'cut' : endOf(console) };
}

function commandOf(
  root: BootableRoot,
  { disk, data, devices, job }: DiskJob,
  files: { readonly initrd: string; readonly answers: string },
): readonly string[] {
  const { program, rootBus, commandLine } = MACHINES.q35;
  // Without KVM nobody else looks at the disk: what the guest flushed is with the host when it ends.
  const drive = (file: string, id: string) =>
    `file=${file},if=none,id=${id},format=raw,cache=unsafe`;
  return [
    program,
    ...['-machine', 'q35', '-nodefaults', '-cpu', 'max', '-m', '1024'],
    ...['-display', 'none', '-no-reboot', '-accel', 'tcg'],
    ...['-kernel', root.vmlinux, '-initrd', files.initrd],
    ...['-append', `${commandLine} intel_iommu=on root=/dev/vda rw lab.job=${job}`],
    ...['-serial', 'stdio', '-serial', `file:${files.answers}`],
    ...INTERRUPT_REMAPPING,
    ...['-drive', drive(disk, 'root'), '-drive', drive(data, 'data')],
    ...['-device', 'virtio-blk-pci,drive=root,addr=3'],
    ...deviceArguments(devices, rootBus),
  ];
}

/** The kernel's last words. */
function endOf(console: string): BootEnd {
  if (console.includes('reboot: Restarting system')) return 'reboot';
  return console.includes('reboot: Power down') ? 'off' : 'limit';
}
