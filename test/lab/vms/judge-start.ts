import { known } from '../../../shared/fact.ts';
import type { Host } from '../../../shared/host.ts';
import type { HostDevice } from '../../../shared/placed-vm.ts';
import { placesIn, readReplies, type QmpReply } from '../../support/vm-tools/place-questions.ts';
import type { Boot } from '../boot.ts';
import { textOf } from '../judge.ts';
import { shownDevices } from './shown-devices.ts';
import type { WrittenMachine } from './write-machine.ts';

/** What a machine that was to start came to. */
export interface StartRuling {
  readonly complaints: readonly string[];
  /** Devices of the host that the machine has. */
  readonly devices: number;
  /** Whether `query-pci` shows them; else they were asked for one by one. */
  readonly isShownOnBus: boolean;
}

/** Holds QEMU's answers against the places in the model and the identities on the host. */
export function judgeStart(
  { name, vm }: WrittenMachine,
  answer: string,
  booted: Boot,
  host: Host,
): StartRuling {
  const devices = vm.hostDevices.length;
  const isShownOnBus = vm.firmware.kind === 'bios';
  if (textOf(booted, `${answer}.status`) !== '0') {
    const said = textOf(booted, `${answer}.said`);
    return { complaints: [`${name} did not start: ${said}`], devices, isShownOnBus };
  }
  const replies = readReplies(textOf(booted, `${answer}.answers`));
  const complaints = [
    ...misplaced(replies, vm.hostDevices),
    ...(isShownOnBus ? unshown(replies, vm.hostDevices, host) : []),
  ];
  return { complaints: complaints.map((one) => `${name}: ${one}`), devices, isShownOnBus };
}

/** Each device below the port and in the slot that was written. */
function misplaced(
  replies: readonly QmpReply[],
  devices: readonly HostDevice[],
): readonly string[] {
  const places = placesIn(
    replies,
    devices.map((_device, index) => `hostdev${index}`),
  );
  return devices.flatMap(({ at }, index) => {
    const wanted = at && `rp${at.bus}/${at.slot}.${at.function}`;
    const found = places[`hostdev${index}`];
    return found === wanted ? [] : [`hostdev${index} is at ${found}, not at ${wanted}`];
  });
}

/** Each device on the guest's PCI, with the identity that it has on the host. */
function unshown(
  replies: readonly QmpReply[],
  devices: readonly HostDevice[],
  host: Host,
): readonly string[] {
  const shown = shownDevices(replies);
  return devices.flatMap((device, index) => {
    const one = shown.get(`hostdev${index}`);
    const found = one && `${one.id.vendor}:${one.id.device} at ${one.slot}.${one.function}`;
    const wanted = `${identityOf(device, host)} at ${device.at?.slot}.${device.at?.function}`;
    return found === wanted ? [] : [`hostdev${index} shows ${found}, not ${wanted}`];
  });
}

function identityOf(device: HostDevice, host: Host): string {
  const fn = host.functions.find(({ bdf }) => device.kind !== 'mdev' && bdf === device.bdf);
  return `${known(fn?.vendorId)}:${known(fn?.deviceId)}`;
}
