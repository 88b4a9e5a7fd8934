import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KnownWords } from '../../../main/redact/known-words.ts';
import { learnFromPath, redactPath } from '../../../main/redact/redact-path.ts';
import { RedactionNotes } from '../../../main/redact/redaction-notes.ts';
import { TokenBook } from '../../../main/redact/token-book.ts';
import { redactedText } from '../../support/redact-text.ts';

describe('what is no name and no address', () => {
  it.each([
    ['an address', '00:1f.6 Ethernet controller [0200]: Intel [8086:1901] (rev 07)'],
    ['ids of lspci -n', '01:00.0 0300: 10de:1b80 (rev a1)'],
    ['a domain', '0000:0a:00.0 and 10000:e0:1d.0'],
    ['a path of bridges', '0000:00:01.0/01:00.0'],
    ['subsystem ids', '\tSubsystem: 1043:8694'],
    ['a list of ids', 'options vfio-pci ids=10de:1b80,10de:10f0'],
    ['four ids', 'pci_ids 1002:67df:1462:3417'],
    ['a group', 'IOMMU Group 10: 00:1f.0 00:1f.2 00:1f.3'],
    ['links of a group', '/sys/kernel/iommu_groups/17/devices/0000:40:01.2'],
    ['a module alias', 'pci:v00008086d00001901sv00001043sd00008694bc06sc04i00'],
    ['configuration space', '00: 86 80 01 19 07 04 10 00 07 00 04 06 00 00 81 00'],
    ['a tree', '-[0000:00]-+-00.0  Root'],
    ['a version of the kernel', 'Linux version 6.12.107.1 (debian-kernel@lists.debian.org)'],
    ['a version of the kernel by itself', 'kernel release: 6.12.107.1\n6.12.107.1'],
    ['a flavoured kernel', '5.15.0.1-amd64'],
    ['a version of a driver', 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01'],
    ['firmware', 'firmware-version: 10.1.2.3'],
    ['a date', '2026-11-22 10:11:12.123 and Nov 22 10:11:12'],
    ['a USB path', 'usb 1-1.2.3.4: new high-speed USB device'],
    ["the kernel's USB controllers", 'usb usb1: SerialNumber: 0000:00:14.0'],
    ['a serial port', 'serial8250: ttyS0; Serial: 8250/16550 driver, 4 ports'],
    ['a serial controller', '00:16.3 Serial controller [0700]: Intel [8086:a363]'],
    ['a window', 'fe000000-fe0fffff : 0000:01:00.0'],
    ['loopback and masks', '127.0.0.1 0.0.0.0 255.255.255.0 ::1 :: 00:00:00:00:00:00'],
    ['a broadcast', 'brd ff:ff:ff:ff:ff:ff'],
    ['names of firmware', 'SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c'],
    ['a disk by its path', ' pci-0000:00:17.0-ata-1 -> ../../sda'],
    ['system users', '/root/x root@localhost uid=0(root) for user root by'],
    ['a filler', '\tSerial Number: To Be Filled By O.E.M.'],
    ['SCSI', 'sd 2:0:0:0: [sda] 4 0:0:0:0'],
  ])('%s stays', async (_what, text) => {
    expect(await redactedText(text)).toBe(text);
  });
});

describe('the name of a bundle', () => {
  it.each([
    [
      'sosreport-pve1-2026-01-31-abcdefg/version.txt',
      'sosreport-host-1-2026-01-31-abcdefg/version.txt',
    ],
    ['sosreport-customer-pve-2026-01-31-x/a', 'sosreport-host-1-2026-01-31-x/a'],
    ['sosreport-nas.example.org-20260131101112-x/a', 'sosreport-host-1-20260131101112-x/a'],
    ['my-tower-diagnostics-20260131-1011.zip', 'host-1-diagnostics-20260131-1011.zip'],
  ])('%s', (path, copy) => {
    const redaction = {
      book: new TokenBook(),
      words: new KnownWords(),
      notes: new RedactionNotes(),
    };
    learnFromPath(path, redaction);
    expect(redactPath(path, redaction)).toBe(copy);
  });
});

describe('what identifies a machine', () => {
  it.each([
    ['IPv4', 'addr 192.168.1.10/24 via 10.0.0.1', 'addr ip-1/24 via ip-2'],
    ['a range', '10.0.0.1-10.0.0.9', 'ip-1-ip-2'],
    ['IPv6 in two spellings', '2001:db8::1 and 2001:DB8:0:0::1', 'ip-1 and ip-1'],
    ['a MAC in two spellings', '00:1B:21:aa:bb:cc 00-1b-21-aa-bb-cc', 'mac-1 mac-1'],
    ['a MAC with points', '001b.21aa.bbcc', 'mac-1'],
    ['an interface', '3: enx001b21aabbcc: <UP>', '3: if-1: <UP>'],
    [
      'a serial number of a card',
      'Capabilities: [148 v1] Device Serial Number 00-1b-21-ff-ff-aa-bb-cc',
      'Capabilities: [148 v1] Device Serial Number serial-1',
    ],
    ['dmidecode', '\tSerial Number: ABC 123 4', '\tSerial Number: serial-1'],
    ['udev', 'E: ID_SERIAL_SHORT=S3Z9NB0K', 'E: ID_SERIAL_SHORT=serial-1'],
    ['JSON', '"serial": "S3Z9NB0K",', '"serial": "serial-1",'],
    ['XML', '<serial>S3Z9NB0K</serial>', '<serial>serial-1</serial>'],
    ['a world-wide name', 'WWN=0x5002538e40a1b2c3', 'WWN=serial-1'],
    ['one in groups', 'LU WWN Device Id: 5 002538 e40a1b2c3', 'LU WWN Device Id: serial-1'],
    ['an NVMe name', 'nqn.2014-08.org.nvmexpress:uuid:x', 'serial-1'],
    ['a UUID', 'root=UUID=0d8c1f2a-1111-2222-3333-444455556666 ro', 'root=UUID=uuid-1 ro'],
    [
      'a UUID in the name of a unit',
      'by\\x2duuid-0d8c1f2a\\x2d1111\\x2d2222\\x2d3333\\x2d444455556666',
      'by\\x2duuid-uuid-1',
    ],
    ['a FAT id', 'UUID=ABCD-1234 /boot', 'UUID=uuid-1 /boot'],
    ['a machine id', 'id 0123456789abcdef0123456789abcdef', 'id uuid-1'],
    ['a disk', 'by-id/ata-Samsung_S3Z9-part2', 'by-id/serial-1-part2'],
    ['a link to it', ' ata-Samsung_S3Z9 -> ../../sda', ' serial-1 -> ../../sda'],
    ['a label', 'LABEL=martins /data', 'LABEL=label-1 /data'],
    ['a link to a label', ' martins -> ../../sda1', ' label-1 -> ../../sda1'],
    ['a home', 'file=/home/martin/vm.iso', 'file=/home/user-1/vm.iso'],
    ['a file server', 'nas7:/export /mnt nfs4 rw', 'host-1:/export /mnt nfs4 rw'],
    ['a password', "password='x y' next", "password='secret-1' next"],
    ['a hash', 'martin:$6$abc$def:19000:', 'martin:secret-1:19000:'],
  ])('%s is replaced', async (_what, text, redacted) => {
    expect(await redactedText(text)).toBe(redacted);
  });

  it('is known by its form in one line and replaced in all', async () => {
    const text =
      'root@pve7:~# uname -a\nLinux pve7 6.8.12-4-pve #1 SMP\nmartin@pve7.example.com:~$ ls\nthe disk of Martin on PVE7, vg pve7-data\n';
    expect(await redactedText(text)).toBe(
      'root@host-1:~# uname -a\nLinux host-1 6.8.12-4-pve #1 SMP\nuser-1@host-1:~$ ls\nthe disk of user-1 on host-1, vg host-1-data\n',
    );
  });

  it('is replaced by its form only where the name is a common word', async () => {
    expect(
      await redactedText('root@proxmox:~# pveversion\nproxmox-ve: 8.1 (driver of proxmox)\n'),
    ).toBe('root@host-1:~# pveversion\nproxmox-ve: 8.1 (driver of proxmox)\n');
  });

  it('is found by the column of a table', async () => {
    const text =
      'NAME   FSTYPE LABEL   UUID                                 MOUNTPOINT\nsda\n└─sda1 ext4   martins 0d8c1f2a-1111-2222-3333-444455556666 /\n\nlabel martins\n';
    expect(await redactedText(text)).toBe(
      'NAME   FSTYPE LABEL   UUID                                 MOUNTPOINT\nsda\n└─sda1 ext4   label-1 uuid-1                               /\n\nlabel martins\n',
    );
  });

  it('is the body of a private key', async () => {
    expect(
      await redactedText('-----BEGIN PRIVATE KEY-----\nMIIabc+/=\n-----END PRIVATE KEY-----\n'),
    ).toBe('-----BEGIN PRIVATE KEY-----\nsecret-1\n-----END PRIVATE KEY-----\n');
  });

  it('is written in UTF-16 as PowerShell does', async () => {
    const { writeFileSync, readFileSync } = await import('node:fs');
    const { join } = await import('node:path');
    const { temporaryDirectory } = await import('../../support/temporary-directory.ts');
    const { redactFile } = await import('../../../main/redact/redact-file.ts');
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'in'), '\ufeffmac 00:1b:21:aa:bb:cc é\r\n', 'utf16le');
    await redactFile(join(folder, 'in'), join(folder, 'out'));
    expect(readFileSync(join(folder, 'out'), 'utf16le')).toBe('\ufeffmac mac-1 é\r\n');
  });
});

describe('a serial number in printed configuration space', () => {
  const dump = (serial: string) =>
    [
      '00: 86 80 72 15 06 04 10 00 02 00 00 02 10 00 80 00',
      ...Array.from({ length: 15 }, (_, at) => `${(at + 1).toString(16)}0:${' 00'.repeat(16)}`),
      '100: 03 00 01 00 ' + serial + ' 00 00 00 00',
      '',
    ].join('\n');

  it('is set to zero, and nothing else', async () => {
    expect(await redactedText(dump('cc bb aa ff ff 21 1b 00'))).toBe(
      dump('00 00 00 00 00 00 00 00'),
    );
  });
});

const PIECES = [
  'root@pve7:~# ',
  'martin@box9:~$ ls',
  '192.168.1.10',
  '6.12.107.1',
  'kernel 6.12.107.1',
  '00:1b:21:aa:bb:cc',
  '2001:db8::1',
  'fe80::1%eth0',
  '0000:01:00.0',
  '10de:1b80',
  'enx001b21aabbcc',
  'Serial Number: ',
  'S3Z9NB0K',
  'serial: ',
  'serial=',
  'UUID=',
  'LABEL=',
  '0d8c1f2a-1111-2222-3333-444455556666',
  '0123456789abcdef0123456789abcdef',
  'by-id/',
  'ata-Samsung_S3Z9-part2',
  ' -> ../../sda1',
  '/home/martin',
  'password=',
  'nfs4 nas7:/export',
  'host-1',
  'mac-2',
  'serial-1-part1',
  'user-3',
  'Nov 22 10:00:00 pve7 kernel: ',
  'NAME LABEL UUID SERIAL\n',
  '00: 86 80 72 15\n',
  '-----BEGIN PRIVATE KEY-----\n',
  '"',
  "'",
  ':',
  '-',
  '.',
  ',',
  '/',
  ' ',
  '\n',
  '\u3001\u5002',
  '\xff',
];

describe('redacting what is redacted', () => {
  it('changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 6 })), {
          maxLength: 24,
        }),
        async (pieces) => {
          const once = await redactedText(pieces.join(''));
          expect(await redactedText(once)).toBe(once);
        },
      ),
      { numRuns: 300 },
    );
  }, 120_000);
});
