import type { Command } from 'commander';
import { vmTargetSchema } from '../../shared/vm-report.ts';
import type { ExitStatus } from './exit-status.ts';
import type { VmOptions } from './verbs/vm-options.ts';

/** `airlock vm`: the machine that gets the devices. */
export function addVm(program: Command, done: (status: ExitStatus) => void): void {
  const vm = program
    .command('vm')
    // What follows `lint` and `merge` is theirs.
    .enablePositionalOptions()
    .description('the configuration of a virtual machine that has functions of the host')
    .argument('[address-or-source...]', 'functions, whole cards with them, then the source')
    .option('--target <name>', vmTargetSchema.options.join(', '))
    .option('--out <file>', 'file to write, which must not be there; else standard output')
    .option('--fragment', 'only what gives the devices to an existing machine')
    .option('--name <name>', 'of the machine', 'vm')
    .option('--guest <name>', 'windows-11, windows-10, linux or other', 'linux')
    .option('--firmware <kind>', 'efi, efi-secure or bios (default: by the guest)')
    .option('--tpm', 'an emulated TPM 2.0 (default: for Windows 11)')
    .option('--no-tpm', 'none')
    .option('--cpus <number>', 'processors of the guest', '4')
    .option('--no-pin', 'leave processors to the scheduler of the host')
    .option('--memory <mib>', 'memory of the guest in MiB', '8192')
    .option('--pages <size>', 'auto, 4K, 2M or 1G', 'auto')
    .option('--disk <path>', 'an image or /dev/…; FORMAT:PATH for raw:', collect, [])
    .option('--cdrom <path>', 'an image to install from', collect, [])
    .option('--network <kind>', 'network[:NAME], bridge[:NAME] or user', collect, [])
    .option('--vf <bdf>', 'a virtual function: BDF[,mac=MAC][,vlan=ID]', collect, [])
    .option('--mdev <uuid>', 'a mediated device', collect, [])
    .option('--rom <bdf=path>', 'ROM file of a function', collect, [])
    .option('--display <kind>', 'gpu, spice, vnc or looking-glass[:WIDTHxHEIGHT]', 'gpu')
    .option('--kvmfr', 'Looking Glass through its kernel module, not a file')
    .option('--keyboard <path>', 'below /dev/input: the guest shares it with the host')
    .option('--mouse <path>', 'the same')
    .option('--viommu <model>', 'none, intel or smmuv3', 'none')
    .option('--managed <yes|no>', 'libvirt moves the devices (default: unless VFIO has them)')
    .option('--hide-hypervisor', 'for NVIDIA drivers before R465')
    .option('--iommufd', 'open devices by themselves; QEMU 9.0 or newer')
    .option(
      '--libvirt <version>',
      'of the libvirt that will read it (default: what the source says)',
    )
    .option('--qemu <version>', 'the same for QEMU')
    .option('--json', 'print one JSON document')
    .addHelpText('after', EXAMPLES)
    .action(async (words: string[], options: VmOptions) => {
      const { vmVerb } = await import('./verbs/vm.ts');
      done(await vmVerb(words, options));
    });
  addLint(vm, done);
  addMerge(vm, done);
}

function addLint(vm: Command, done: (status: ExitStatus) => void): void {
  vm.command('lint')
    .description('what would not work in a libvirt domain, a QEMU command line, a Proxmox machine')
    .argument('<file>', 'XML, a script, the output of ps, a log, or a .conf of Proxmox')
    .option('--host <source>', 'the host that it is for')
    .option('--json', 'print one JSON document')
    .addHelpText('after', LINT_EXAMPLES)
    .action(async (file: string, options: { host?: string; json?: boolean }) => {
      const { vmLintVerb } = await import('./verbs/vm-existing.ts');
      done(await vmLintVerb(file, options));
    });
}

function addMerge(vm: Command, done: (status: ExitStatus) => void): void {
  vm.command('merge')
    .description('an existing libvirt domain with more functions of the host, as a difference')
    .argument('<file>', 'the domain')
    .argument('<address...>', 'functions, whole cards with them')
    .option('--host <source>', 'the host that it is for', 'live')
    .option('--out <file>', 'where to write the domain; must not be there')
    .addHelpText('after', MERGE_EXAMPLES)
    .action(async (file: string, addresses: string[], options: { host: string; out?: string }) => {
      const { vmMergeVerb } = await import('./verbs/vm-existing.ts');
      done(await vmMergeVerb(file, addresses, options));
    });
}

function collect(word: string, words: readonly string[]): readonly string[] {
  return [...words, word];
}

const LINT_EXAMPLES = `
Examples:
  airlock vm lint win11.xml                          what libvirt accepts and does not work
  airlock vm lint 101.conf --host pve1.tar.gz        and whether that host has what it takes

Status 1 means that a finding is a stop or a risk.`;

const MERGE_EXAMPLES = `
Examples:
  airlock vm merge win11.xml 01:00.0                                  what would change
  airlock vm merge win11.xml 01:00.0 --host host.tar.gz --out new.xml

Lines are only added; virsh define reads what --out writes.`;

const EXAMPLES = `
Examples:
  airlock vm 01:00.0 --target libvirt --guest windows-11 --cpus 12 --memory 16384 \\
    --disk win11.qcow2 --network network --display looking-glass:2560x1440 --out win11.xml
  airlock vm 41:00.0 --target qemu --memory 65536 --pages 1G host.tar.gz    from a snapshot
  airlock vm 02:00.0 03:00.0 --vf 04:01.0,mac=52:54:00:00:00:01,vlan=42 --target libvirt
  airlock vm 01:00.0 --target libvirt --fragment                 for a machine that exists

Findings, steps and notes go to standard error. Status 1 means that a finding is a stop or a risk.`;
