import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { InputDevice } from '../../../shared/seat.ts';
import type { Finding } from '../../../shared/verdict.ts';
import type { FunctionNode } from '../topology.ts';
import { hasSubclass, mayHaveDriver, USB } from './function-kind.ts';
import { listNames, makeFinding, READ_AS_ROOT, unreadEvidence } from './make-finding.ts';
import type { MachineContext } from './use-context.ts';

/** Codes where some are lost, and where all are. */
const CODES = {
  keyboard: { some: 'keyboard-lost', all: 'only-keyboard' },
  mouse: { some: 'mouse-lost', all: 'only-mouse' },
} as const;

/**
 * Keyboards and mice that go with a controller, and whether others stay. A keyboard without PCI
 * function (PS/2) stays; one that a program or Bluetooth made is not counted on.
 */
export function findInputLoss(context: MachineContext): readonly Finding[] {
  const { inputs } = context.machine.seat;
  if (isUnreadable(inputs)) {
    return context.fromHost
      .filter((node) => hasSubclass(node, USB) && mayHaveDriver(node))
      .map((node) => unknownInputs(node, inputs.errno));
  }
  const all = inputs ?? [];
  const kinds = [
    ['keyboard', all.filter(({ isKeyboard }) => isKeyboard)],
    ['mouse', all.filter(({ isMouse }) => isMouse)],
  ] as const;
  return context.fromHost.flatMap((node) =>
    kinds.flatMap(([kind, devices]) => lossOf(node, kind, devices, context)),
  );
}

function lossOf(
  node: FunctionNode,
  kind: 'keyboard' | 'mouse',
  devices: readonly InputDevice[],
  { moving }: MachineContext,
): readonly Finding[] {
  const own = devices.filter(({ path }) => path.includes(node.bdf));
  if (own.length === 0) return [];
  const left = devices.filter(
    ({ path, isVirtual }) => !isVirtual && !path.some((bdf) => moving.has(bdf)),
  );
  const names = listNames(own.map(({ name }) => name));
  const evidence = `proc/bus/input/devices: ${names} below ${node.bdf}`;
  if (left.length > 0) {
    return [
      makeFinding(CODES[kind].some, 'note', node, {
        title: `The host loses the ${kind} ${names}`,
        text: `It keeps ${listNames(left.map(({ name }) => name))}`,
        evidence,
      }),
    ];
  }
  return [
    makeFinding(CODES[kind].all, 'risk', node, {
      title: `The host's only ${kind} hangs on ${shortBdf(node.bdf)}`,
      text: `${names} goes to the VM, and none is left for the host. Plug one into another controller first, or pass it on as a USB device`,
      evidence,
    }),
  ];
}

function unknownInputs(node: FunctionNode, errno: string): Finding {
  return makeFinding('input-unknown', 'note', node, {
    title: `Whether the host's keyboard or mouse hangs on ${shortBdf(node.bdf)} is not known`,
    text: READ_AS_ROOT,
    evidence: unreadEvidence('proc/bus/input/devices', errno),
  });
}

/** What else hangs on a USB controller; hubs are not counted. */
export function findUsbLoss({ fromHost, machine }: MachineContext): readonly Finding[] {
  const devices = known(machine.seat.usbDevices) ?? [];
  return fromHost.flatMap((node) => {
    const own = devices.filter(({ path }) => path.includes(node.bdf));
    if (own.length === 0) return [];
    const shown = own.map(({ name, ids }) => (ids === undefined ? name : `${name} (${ids})`));
    return [
      makeFinding('usb-lost', 'note', node, {
        title: `The host loses ${own.length === 1 ? '1 USB device' : `${own.length} USB devices`} on ${shortBdf(node.bdf)}`,
        text: `They go to the VM with their controller: ${listNames(shown)}`,
        evidence: `sys/bus/usb/devices: ${listNames(
          own.map(({ name }) => name),
          8,
        )}`,
      }),
    ];
  });
}
