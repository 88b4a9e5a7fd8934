import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { Finding } from '../../../shared/verdict.ts';
import type { FunctionNode } from '../topology.ts';
import { driverOf, isVfioDriver } from '../viability.ts';
import { DISPLAY, hasBaseClass, hasSubclass, mayHaveDriver, VGA } from './function-kind.ts';
import { hostIndex } from './host-index.ts';
import { listNames, makeFinding, READ_AS_ROOT, unreadEvidence } from './make-finding.ts';
import type { MachineContext, UseContext } from './use-context.ts';

/**
 * The display that the firmware started.
 *
 * @see Linux drivers/pci/pci-sysfs.c, `boot_vga_show()`; drivers/gpu/drm, `boot_display`
 */
export function findBootDisplay({ fromHost, engine }: UseContext): readonly Finding[] {
  const booted = known(engine.host.machine?.seat.bootDisplays) ?? [];
  return fromHost.flatMap((node) => {
    const isBootVga = node.fn.details?.isBootVga;
    const isBoot = isBootVga === true || booted.includes(node.bdf);
    if (!isBoot && isUnreadable(isBootVga)) return [unknownBootDisplay(node, isBootVga.errno)];
    if (!isBoot) return [];
    return [
      makeFinding('boot-display', 'risk', node, {
        title: `${shortBdf(node.bdf)} is the display that the firmware started`,
        text: 'The host loses its console when this GPU moves. Have another way in, such as SSH, before you go on',
        evidence: isBootVga === true ? 'boot_vga: 1' : 'boot_display: 1',
      }),
    ];
  });
}

function unknownBootDisplay(node: FunctionNode, errno: string): Finding {
  return makeFinding('boot-display', 'risk', node, {
    title: `${shortBdf(node.bdf)} may be the display that the firmware started`,
    text: `Then the host loses its console. ${READ_AS_ROOT}`,
    evidence: unreadEvidence('boot_vga', errno),
  });
}

/** The last display of the host; one that VFIO has already shows nothing of the host. */
export function findOnlyDisplay({ fromHost, engine, moving }: UseContext): readonly Finding[] {
  const { displays } = hostIndex(engine.topology);
  const lost = fromHost.filter((node) => displays.includes(node));
  const isLeft = displays.some((node) => !moving.has(node.bdf) && !isTaken(node));
  if (lost.length === 0 || isLeft) return [];
  return [
    makeFinding('only-display', 'risk', lost, {
      title: `The host has no other display than ${listNames(lost.map(({ bdf }) => shortBdf(bdf)))}`,
      text: 'From then on it can be used over the network or a serial line only',
      evidence: `sys/bus/pci/devices: class 0x03 at ${listNames(displays.map(({ bdf }) => shortBdf(bdf)))} only`,
    }),
  ];
}

function isTaken(node: FunctionNode): boolean {
  const driver = known(driverOf(node));
  return driver !== undefined && isVfioDriver(driver);
}

/** Screens that hang on a GPU: in use by the host, or waiting for a picture. */
export function findScreens({ fromHost, machine }: MachineContext): readonly Finding[] {
  const { connectors } = machine.seat;
  const displays = fromHost.filter((node) => hasBaseClass(node, DISPLAY));
  if (isUnreadable(connectors)) {
    return displays.filter(mayHaveDriver).map((node) =>
      makeFinding('screens-unknown', 'note', node, {
        title: `Which screens hang on ${shortBdf(node.bdf)} is not known`,
        text: `The host may show a picture there. ${READ_AS_ROOT}`,
        evidence: unreadEvidence('sys/class/drm', connectors.errno),
      }),
    );
  }
  return displays.flatMap((node) => {
    const own = (connectors ?? []).filter(({ path }) => path.includes(node.bdf));
    const shown = own.filter(({ isEnabled }) => isEnabled === true);
    const waiting = own.filter(({ status }) => status === 'connected');
    if (shown.length > 0)
      return [
        screensInUse(
          node,
          shown.map(({ name }) => name),
        ),
      ];
    return waiting.length > 0
      ? [
          screensReady(
            node,
            waiting.map(({ name }) => name),
          ),
        ]
      : [];
  });
}

function screensInUse(node: FunctionNode, names: readonly string[]): Finding {
  return makeFinding('screen-in-use', 'risk', node, {
    title: `The host shows a picture on ${listNames(names)} of ${shortBdf(node.bdf)}`,
    text: 'The screen goes dark, and programs that draw on it may end',
    evidence: names.map((name) => `sys/class/drm/${name}/enabled: enabled`).join('; '),
  });
}

function screensReady(node: FunctionNode, names: readonly string[]): Finding {
  return makeFinding('screen-connected', 'note', node, {
    title: `A screen is connected to ${listNames(names)} of ${shortBdf(node.bdf)}`,
    text: 'The host shows nothing there; the VM will',
    evidence: names.map((name) => `sys/class/drm/${name}/status: connected`).join('; '),
  });
}

/**
 * A driver of the firmware's picture that holds memory of the GPU: as long as it does, QEMU fails
 * with "BAR 0: can't reserve".
 */
export function findFramebuffer({ moves, machine }: MachineContext): readonly Finding[] {
  const { framebuffers } = machine.seat;
  const displays = moves.filter((node) => hasBaseClass(node, DISPLAY));
  return displays.flatMap((node) => {
    if (framebuffers === undefined) return [];
    if (isUnreadable(framebuffers))
      return [unknownHolder(node, unreadEvidence('proc/iomem', framebuffers.errno))];
    const held = framebuffers.ranges.find(
      (range) => range.within === node.bdf || isInBar(range.startAddress, range.endAddress, node),
    );
    if (held !== undefined)
      return [heldBar(node, held.holder, `${held.startAddress}-${held.endAddress}`)];
    return framebuffers.hasAddresses || !hasSubclass(node, VGA)
      ? []
      : [unknownHolder(node, 'proc/iomem: all addresses are zero, as without root')];
  });
}

function heldBar(node: FunctionNode, holder: string, range: string): Finding {
  return makeFinding('framebuffer-holds-bar', 'risk', node, {
    title: `The firmware's picture (${holder}) holds memory of ${shortBdf(node.bdf)}`,
    text: 'While it does, a VM cannot take that BAR. Newer kernels end it when vfio-pci binds a VGA function at boot; otherwise initcall_blacklist=sysfb_init keeps it from starting, and then the host has no console until another graphics driver loads',
    evidence: `proc/iomem: ${range} : ${holder}`,
  });
}

function unknownHolder(node: FunctionNode, evidence: string): Finding {
  return makeFinding('framebuffer-unknown', 'note', node, {
    title: `Whether the firmware's picture holds memory of ${shortBdf(node.bdf)} is not known`,
    text: READ_AS_ROOT,
    evidence,
  });
}

function isInBar(start: string, end: string, node: FunctionNode): boolean {
  const [from, to] = [BigInt(start), BigInt(end)];
  if (to === 0n) return false;
  return (known(node.fn.details?.bars) ?? []).some(({ kind, startAddress, sizeBytes, index }) => {
    const first = BigInt(startAddress);
    return index < 6 && kind !== 'io' && from >= first && to < first + BigInt(sizeBytes);
  });
}
