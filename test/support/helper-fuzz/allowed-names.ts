const BDF = '[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\\.[0-7]';

/** Everything that the helper may ever write: the list of THREAT-MODEL.md, as patterns. */
const WRITABLE: readonly RegExp[] = [
  /^\/dev\/(null|tty)$/,
  /^\/var\/lib\/airlock(\/|$)/,
  new RegExp(`^/sys/bus/pci/devices/${BDF}/driver_override$`),
  /^\/sys\/bus\/pci\/drivers\/(?!\.)[A-Za-z0-9_.+-]+\/(bind|unbind)$/,
  /^\/sys\/bus\/pci\/drivers_probe$/,
  /^\/etc\/airlock(\/(bind\.list|\.airlock-new|(?![.-])[A-Za-z0-9._-]{1,64}\.vm))?$/,
  /^\/etc\/libvirt\/hooks\/qemu\.d(\/(airlock|\.airlock-new))?$/,
  /^\/etc\/default\/grub\.d(\/(airlock\.cfg|\.airlock-new))?$/,
  /^\/etc\/grub\.d(\/(99_airlock|\.airlock-new))?$/,
  /^\/etc\/kernel\/(cmdline|\.airlock-new)$/,
  /^\/etc\/initramfs-tools\/hooks(\/(airlock|\.airlock-new))?$/,
  /^\/etc\/initramfs-tools\/scripts\/init-top(\/(00-airlock|\.airlock-new))?$/,
  /^\/usr\/lib\/dracut\/modules\.d\/95airlock(\/(module-setup\.sh|airlock-bind\.sh|\.airlock-new))?$/,
  /^\/etc\/dracut\.conf\.d(\/(95-airlock\.conf|\.airlock-new))?$/,
  /^\/etc\/systemd\/system\/(airlock-revert\.service|\.airlock-new)$/,
  /^\/etc\/systemd\/system\/multi-user\.target\.d(\/(airlock\.conf|\.airlock-new))?$/,
  /^\/etc\/local\.d(\/(airlock\.start|\.airlock-new))?$/,
  // The stand-in for modprobe tells the simulated kernel.
  /^\/sys\/modprobe$/,
];

const PROGRAMS =
  /^\/usr\/(local\/)?s?bin\/(awk|bash|busybox|cat|chmod|cmp|cp|cut|dash|diff|dracut|grep|grub-mkconfig|head|id|ls|mkdir|mkinitcpio|modprobe|mv|readlink|reboot|rm|rmdir|sed|setsid|sh|sha256sum|sleep|sort|sync|tail|tr|uname|update-initramfs|wc)$/;

/** The names that a run should not have written. */
export function forbiddenWrites(names: Iterable<string>): readonly string[] {
  return [...names].filter((name) => !WRITABLE.some((pattern) => pattern.test(name)));
}

/** The programs that a run should not have started: a closed list, in the system's folders. */
export function forbiddenPrograms(names: Iterable<string>): readonly string[] {
  return [...names].filter((name) => !PROGRAMS.test(name.replace(/^\/(s?bin)\//, '/usr/$1/')));
}
