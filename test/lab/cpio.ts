/** One regular file of an initramfs, with its path below the root. */
export interface GuestFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/**
 * Packs an initramfs. Folders above the files are made; all belongs to root and may be executed.
 *
 * @see Documentation/driver-api/early-userspace/buffer-format.rst, "newc"
 */
export function packInitramfs(files: readonly GuestFile[]): Buffer {
  const folders = new Set(files.flatMap(({ path }) => parentsOf(path)));
  const entries = [
    ...[...folders].map((path, index) => entry(path, FOLDER, index + 1, new Uint8Array())),
    ...files.map(({ path, content }, index) =>
      entry(path, PROGRAM, folders.size + index + 1, content),
    ),
    entry('TRAILER!!!', 0, 0, new Uint8Array()),
  ];
  return Buffer.concat(entries);
}

const FOLDER = 0o040755;
const PROGRAM = 0o100755;

/** `a/b/c` has `a` and `a/b` above it, in this order. */
function parentsOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function entry(path: string, mode: number, inode: number, content: Uint8Array): Buffer {
  const name = Buffer.from(`${path}\0`);
  const numbers = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${numbers.map((number) => number.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(content)]);
}

/** Names and contents end on multiples of four bytes. */
function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, new Uint8Array(-bytes.length & 3)]);
}
