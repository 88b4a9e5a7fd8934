import type { Bdf } from '../../shared/bdf.ts';
import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type {
  DisplayConnector,
  FramebufferFacts,
  InputDevice,
  SeatFacts,
  UsbDevice,
} from '../../shared/seat.ts';
import { functionsOnPath } from './functions-on-path.ts';
import { parseInputs } from './parse-inputs.ts';
import { parseIomem } from './parse-iomem.ts';
import { readEntries } from './read-entries.ts';
import { readLine, readText } from './read-text.ts';
import type { Source } from './source.ts';

const DRM = 'sys/class/drm';
const USB = 'sys/bus/usb/devices';
const USB_HUB = '09';

/** Reads what a person in front of the host uses. */
export function readSeat(source: Source): SeatFacts {
  return {
    connectors: readConnectors(source),
    bootDisplays: readBootDisplays(source),
    framebuffers: readFramebuffers(source),
    inputs: readInputs(source),
    usbDevices: readUsbDevices(source),
  };
}

function readConnectors(source: Source): Fact<readonly DisplayConnector[]> {
  const entries = readEntries(source, DRM);
  if (entries === undefined || isUnreadable(entries)) return entries;
  return entries
    .filter(({ name }) => /^card\d+-/.test(name))
    .map(({ name, target }) => {
      const enabled = readLine(source, `${DRM}/${name}/enabled`);
      return {
        name,
        path: functionsOnPath(target),
        status: readLine(source, `${DRM}/${name}/status`),
        isEnabled: typeof enabled === 'string' ? enabled === 'enabled' : enabled,
      };
    });
}

/** `boot_display` stands at the DRM card in newer kernels, and was planned at the function. */
function readBootDisplays(source: Source): Fact<readonly Bdf[]> {
  const entries = readEntries(source, DRM);
  if (entries === undefined || isUnreadable(entries)) return entries;
  return entries
    .filter(({ name }) => /^card\d+$/.test(name))
    .filter(({ name }) =>
      ['', '/device'].some(
        (place) => known(readLine(source, `${DRM}/${name}${place}/boot_display`)) === '1',
      ),
    )
    .flatMap(({ target }) => functionsOnPath(target).slice(-1));
}

function readFramebuffers(source: Source): Fact<FramebufferFacts> {
  const text = readText(source, 'proc/iomem');
  if (isUnreadable(text)) return text;
  return text === undefined || text === '' ? unreadable('NOT_RECORDED') : parseIomem(text);
}

/** A kernel without the input layer has no such file, a host without keyboards an empty one. */
function readInputs(source: Source): Fact<readonly InputDevice[]> {
  const text = readText(source, 'proc/bus/input/devices');
  return typeof text === 'string' ? parseInputs(text) : text;
}

function readUsbDevices(source: Source): Fact<readonly UsbDevice[]> {
  const entries = readEntries(source, USB);
  if (entries === undefined || isUnreadable(entries)) return entries;
  return entries
    .filter(({ name }) => /^\d+-[\d.]+$/.test(name))
    .filter(({ name }) => known(readLine(source, `${USB}/${name}/bDeviceClass`)) !== USB_HUB)
    .map(({ name, target }) => {
      const vendor = known(readLine(source, `${USB}/${name}/idVendor`));
      const product = known(readLine(source, `${USB}/${name}/idProduct`));
      const ids =
        vendor === undefined || product === undefined ? undefined : `${vendor}:${product}`;
      return { name, path: functionsOnPath(target), ids };
    });
}
