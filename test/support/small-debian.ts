/** What a small Debian has: a shell, the usual tools, and what builders of boot images call. */
export const SMALL_DEBIAN: readonly string[] = [
  ...['base-files', 'libc-bin', 'dash', 'bash', 'coreutils', 'grep', 'sed', 'mawk', 'util-linux'],
  ...['cpio', 'gzip', 'diffutils', 'findutils', 'tar', 'debianutils', 'mount', 'zstd', 'busybox'],
];
