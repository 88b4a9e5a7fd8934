import { describe, expect, it } from 'vitest';
import { parseDevicePlace } from '../../../main/host/device-path.ts';

describe('parseDevicePlace', () => {
  it.each([
    ['a root bus', 'sys/devices/pci0000:00', '0000:00', undefined, undefined],
    ['a root port', 'sys/devices/pci0000:00/0000:00:1c.0', '0000:00', '0000:00:1c.0', undefined],
    [
      'a switch',
      'sys/devices/pci0000:5d/0000:5d:02.0/0000:5e:00.0/0000:5f:03.0',
      '0000:5d',
      '0000:5f:03.0',
      undefined,
    ],
    [
      'a platform device',
      'sys/devices/platform/4010000000.pcie/pci0002:00',
      '0002:00',
      undefined,
      undefined,
    ],
    [
      'an ACPI device',
      'sys/devices/LNXSYSTM:00/LNXSYBUS:00/PNP0A08:00/pci0000:00',
      '0000:00',
      undefined,
      undefined,
    ],
    [
      'VMD',
      'sys/devices/pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0',
      '10000:e0',
      '10000:e0:06.0',
      '0000:00:0e.0',
    ],
  ])('finds what is above a function: %s', (_name, directory, rootBus, parent, vmdEndpoint) => {
    expect(parseDevicePlace(directory)).toEqual({ rootBus, parent, vmdEndpoint });
  });

  it.each(['', 'sys/devices', 'sys/devices/virtual/net', 'sys/devices/pci0000:00/usb1'])(
    'finds nothing in "%s"',
    (directory) => expect(parseDevicePlace(directory)).toBeUndefined(),
  );
});
