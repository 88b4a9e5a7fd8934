import { execFileSync } from 'node:child_process';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';

/**
 * Takes the kernel proper out of a bzImage. QEMU starts it directly, which saves the guest the
 * decompression, the longest part of a boot under emulation.
 *
 * @returns The ELF image; the bytes themselves where they are no bzImage (an ELF file, or the raw
 *   image of arm64).
 * @throws Where the payload does not unpack to the size that it names.
 * @see Documentation/arch/x86/boot.rst, "The Real-Mode Kernel Header"
 */
export function extractVmlinux(image: Buffer): Buffer {
  if (image.toString('latin1', 0x202, 0x206) !== 'HdrS') return image;
  const setupSectors = image[0x1f1] === 0 ? 4 : (image[0x1f1] ?? 4);
  const start = (setupSectors + 1) * 512 + image.readUInt32LE(0x248);
  const payload = image.subarray(start, start + image.readUInt32LE(0x24c));
  const size = payload.readUInt32LE(payload.length - 4);
  const vmlinux = decompress(payload);
  if (vmlinux.length !== size) {
    throw new Error(`The kernel unpacks to ${vmlinux.length} bytes where its header says ${size}`);
  }
  return vmlinux;
}

/** The last four bytes are the size; only gzip has them as part of its own format. */
function decompress(payload: Buffer): Buffer {
  const body = payload.subarray(0, -4);
  const magic = payload.toString('hex', 0, 4);
  if (magic.startsWith('1f8b')) return gunzipSync(payload);
  if (magic === '28b52ffd') return zstdDecompressSync(body);
  if (magic === 'fd377a58') return unxz(body);
  throw new Error(`No decoder for a kernel whose payload begins with ${magic}`);
}

/** Node has no decoder for xz. */
export function unxz(bytes: Buffer): Buffer {
  return execFileSync('xz', ['-dc', '-'], { input: bytes, maxBuffer: 1024 * 1024 * 1024 });
}
