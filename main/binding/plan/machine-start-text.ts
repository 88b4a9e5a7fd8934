import type { Plan } from '../../../shared/plan.ts';

/**
 * What a host whose only display goes to a machine has to expect, and the way back.
 *
 * @see libvirt, *Hooks for specific system management*: "Script arguments", "Return codes and logging"
 */
export function machineStartText({ machineStart: name, moves }: Plan): readonly string[] {
  if (name === undefined) return [];
  const drivers = new Set(moves.flatMap(({ from }) => from ?? []));
  return [
    'libvirt (6.5 or newer) calls the hook before the machine starts: it stops display-manager.service where that runs, takes text consoles and the framebuffer of the firmware from the card, and has the helper carry out the steps that are kept. Where one fails, everything is given back and the machine does not start; `journalctl -u libvirtd` (or virtqemud) says why.',
    'When the machine has ended the hook gives everything back, last first, and starts the display manager again.',
    'While the machine runs the host has no display. Who sits in front of it sees the guest, or nothing. Everything that was open on the desktop of the host ends with the display manager.',
    'A desktop that was started without a display manager is not stopped: end it before, or the driver may wait for it for ever.',
    `The way back is over the network: try SSH from another computer before the first start. There \`virsh shutdown ${name}\` or \`virsh destroy ${name}\`; the hook does the rest. If it was cut off: \`sudo sh /etc/libvirt/hooks/qemu.d/airlock ${name} release end\`. If the helper was: \`sudo airlock recover\`, or \`sudo sh /var/lib/airlock/airlock-helper recover\`. A restart of the host brings everything back as well.`,
    `In the machine's XML these functions are best \`managed='no'\`: the hook binds them, and libvirt has nothing to move.`,
    'A graphics card that the firmware of the host has used often needs a ROM file in the machine: a copy that was read while another card was the boot display, or the one of its maker for exactly this card.',
    'Sound over HDMI or DisplayPort goes with the card: programs of the host that play on it lose it.',
    ...[...DRIVER_WARNINGS].flatMap(([driver, text]) => (drivers.has(driver) ? [text] : [])),
    'Not tried on hardware by Airlock: hook and helper were run on a simulated kernel, where each failure was made to happen.',
    'Do not undo this plan while the machine runs: without the hook nobody would give the card back. Where it happened, `airlock status` names the receipt of the start, and `airlock undo` gives it back.',
  ];
}

const DRIVER_WARNINGS: ReadonlyMap<string, string> = new Map([
  [
    'nvidia',
    'The driver nvidia waits for ever while anything holds the card. The hook unloads nvidia_drm, nvidia_modeset and nvidia_uvm before, and the helper refuses while a process has /dev/nvidia* open: switch nvidia-persistenced off, and end what computes on the card.',
  ],
  [
    'amdgpu',
    'Unbinding amdgpu hangs or crashes on some cards and kernels, and some cards do not come back from a machine without a restart of the host (reset). Try it with nothing unsaved.',
  ],
]);
