import { analyse } from '../../../main/backend/analyse.ts';
import { placeVm } from '../../../main/vmconfig/place/place-vm.ts';
import { writeScript } from '../../../main/vmconfig/qemu/script.ts';
import { writeCommandLine } from '../../../main/vmconfig/qemu/write-command-line.ts';
import type { Host } from '../../../shared/host.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import { vmWishSchema } from '../../../shared/vm.ts';
import { fitToGuest } from '../../support/vm-tools/fit-to-guest.ts';
import { placeQuestions } from '../../support/vm-tools/place-questions.ts';
import type { GuestFile } from '../cpio.ts';
import type { VmStage } from './vm-stage.ts';

/** A machine as Airlock writes it for a host, fitted to the laboratory's guest. */
export interface WrittenMachine {
  readonly name: string;
  readonly vm: PlacedVm;
  readonly port: number;
  readonly changes: readonly string[];
  /** The script, and what the machine is asked. */
  readonly files: readonly GuestFile[];
}

const FIRST_PORT = 4440;

/** Writes every machine of a stage for the host that the first boot showed. */
export function writeMachines(
  { machines }: Pick<VmStage, 'machines'>,
  host: Host,
  qemuVersion: string,
): ReadonlyMap<string, WrittenMachine> {
  const { context } = analyse(host);
  const written = Object.entries(machines).map(([name, { wish, vfio = 'group' }], index) => {
    const placed = placeVm(vmWishSchema.parse({ guest: 'linux', ...wish, name }), context);
    if (!placed.ok) throw new Error(`${name}: ${placed.error.message}`);
    const { vm } = placed.value;
    const { files } = writeCommandLine(vm, { scope: 'whole', vfio, qemuVersion });
    const json = files.find(({ language }) => language === 'json')?.text ?? '';
    const port = FIRST_PORT + index;
    const { argv, changes } = fitToGuest(JSON.parse(json) as readonly string[], port);
    const texts = { [`${name}.sh`]: writeScript(withoutTpm(vm), argv), ...questionsOf(vm) };
    return { name, vm, port, changes, files: Object.entries(texts).map(fileOf) };
  });
  return new Map(written.map((one) => [one.name, one]));
}

/**
 * Buses have no numbers before firmware went over them, so a machine that was only made is asked
 * for each device; SeaBIOS comes to its buses in time, OVMF under two emulations does not.
 */
function questionsOf({ name, firmware, hostDevices }: PlacedVm): Readonly<Record<string, string>> {
  const ids = hostDevices.map((_device, index) => `hostdev${index}`);
  const made = [
    { execute: 'qmp_capabilities' },
    ...placeQuestions(ids),
    { execute: 'query-name', id: 'made' },
  ];
  const running = `${JSON.stringify({ execute: 'cont' })}\n`;
  return {
    [`${name}.made`]: made.map((question) => `${JSON.stringify(question)}\n`).join(''),
    ...(firmware.kind === 'bios' && { [`${name}.running`]: running }),
  };
}

/** The script starts the TPM, which was left out of the arguments too. */
function withoutTpm({ tpm: _tpm, ...vm }: PlacedVm): PlacedVm {
  return vm;
}

function fileOf([name, text]: readonly [string, string]): GuestFile {
  return { path: `vms/${name}`, content: Buffer.from(text) };
}
