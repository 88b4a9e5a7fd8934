/** One line or more of every layout that is read, to be broken. */
export const REPORT_SEEDS = {
  groupLoop:
    'IOMMU Group 1:\n\t01:00.0 VGA compatible controller [0300]: Example [1234:abcd] (rev a1)\n',
  groupLinks:
    '/sys/kernel/iommu_groups/1/devices/0000:01:00.0 -> ../../../../devices/pci0000:00/0000:00:01.0/0000:01:00.0\n',
  lspci:
    '00:01.0 PCI bridge [0604]: Example [1234:0101]\n\tControl: I/O+ Mem+\n\tBus: primary=00, secondary=01, subordinate=01, sec-latency=0\n\tCapabilities: [40] Express (v2) Root Port (Slot+), MSI 00\n\tCapabilities: [148 v1] Access Control Services\n\t\tACSCap:\tSrcValid+ DirectTrans-\n',
  lspciHex:
    '01:00.0 Class 0300: 1234:abcd\n00: 34 12 cd ab 06 00 10 00 a1 00 00 03 00 00 80 00\n10: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n',
  lspciRecords: 'Slot:\t01:00.0\nClass:\tVGA [0300]\nVendor:\tExample [1234]\nIOMMUGroup:\t14\n\n',
  lspciTree: '-[0000:00]-+-00.0  Root\n           \\-01.0-[01-03]----00.0  Card\n',
  kernelLog:
    '[    0.463667] pci 0000:01:00.0: Adding to iommu group 14\n[    0.5] pci 0000:00:01.0: PCI bridge to [bus 01-02]\n',
  nodeDevice:
    "<device>\n<path>/sys/devices/pci0000:00/0000:01:00.0</path>\n<capability type='pci'>\n<domain>0</domain><bus>1</bus><slot>0</slot><function>0</function>\n</capability>\n</device>\n",
  udev: 'P: /devices/pci0000:00/0000:00:01.0\nE: PCI_ID=8086:1901\nE: DRIVER=x\n',
  facter:
    '{"pci_devices":[{"sysfs_bus_id":"0000:00:01.0","sysfs_id":"/devices/pci0000:00/0000:00:01.0","vendor":{"value":1}}]}',
} as const;
