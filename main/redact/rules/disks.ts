import { replaceIn, diskId } from './serials.ts';
import type { TokenBook } from '../token-book.ts';

const STOP = ` \\t\\r\\n\\0"',;<>()\\\\`;
const LABELLED_UUID = new RegExp(
  `((?:part)?uuid(?:_sub)?(?:_enc)?(?:["'] *:|=) *["']*|by(?:-|\\\\x2d)(?:part)?uuid[/-])([^${STOP}/]+)`,
  'gi',
);
const LABEL = new RegExp(
  `((?<![a-z])(?:part|fs_)?label(?:_enc|_fatboot)?=["']?|part_entry_name=|by(?:-|\\\\x2d)(?:part)?label[/-])([^ \\t\\r\\n\\0"',;<>()/]+)`,
  'gi',
);
/** Labels that installers give. */
const COMMON =
  /^(efi([-_ \\x20]*system.*)?|esp|boot|root|rootfs|swap|home|system|data|linux.*|unraid|primary|bios.*|microsoft.*|basic.*)$/i;
/** A link of udev as `ls -l` prints it. */
const LINK =
  /( )([^ ]+)(?= -> (?:\.\.\/)+(?:sd[a-z]|nvme\d|vd[a-z]|dm-\d|md\d|mmcblk|zd\d|ttyUSB|ttyACM|event\d|mouse\d|js\d|controlC|hidraw))/g;
const BUS_PATH = /^(pci|platform|virtio-pci|acpi|ccw|ip|usb-pci)-|^\d+(:\d+)?$/;
const DISK_ID =
  /^(ata|scsi|nvme|wwn|usb|dm-name|dm-uuid|lvm-pv-uuid|md-uuid|md-name|mmc|virtio|google)-/;
const SHORT_ID = /^([0-9A-F]{4}-[0-9A-F]{4}|[0-9A-F]{16}|\d{4}(-\d\d){6})$/;

/** Replaces identifiers and labels of filesystems and partitions. */
export function replaceDisks(line: string, book: TokenBook): string {
  let out = line;
  if (/uuid/i.test(out)) {
    out = replaceIn(out, LABELLED_UUID, (value) =>
      /[1-9]|^[a-f-]+$/i.test(value) ? book.token('uuid', value) : value,
    );
  }
  if (/label|part_entry_name/i.test(out)) {
    out = replaceIn(out, LABEL, (value) => label(value, book));
  }
  if (!out.includes(' -> ../')) return out;
  return replaceIn(out, LINK, (name) => linkName(name, book));
}

function label(value: string, book: TokenBook): string {
  return COMMON.test(value) || !/[a-z\d]/i.test(value) ? value : book.token('label', value, value);
}

function linkName(name: string, book: TokenBook): string {
  if (BUS_PATH.test(name)) return name;
  if (SHORT_ID.test(name)) return book.token('uuid', name);
  return DISK_ID.test(name) ? diskId(name, book) : label(name, book);
}
