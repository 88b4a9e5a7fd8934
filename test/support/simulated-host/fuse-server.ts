import { close, open, read, write } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ERRNO, findNode, type VirtualNode } from './virtual-tree.ts';

const openFile = promisify(open);
const readChunk = promisify(read);
const writeChunk = promisify(write);
const closeFile = promisify(close);

/** Numbers of the requests that are answered; see Linux include/uapi/linux/fuse.h, `fuse_opcode`. */
const OP = {
  LOOKUP: 1,
  FORGET: 2,
  GETATTR: 3,
  SETATTR: 4,
  READLINK: 5,
  OPEN: 14,
  READ: 15,
  WRITE: 16,
  RELEASE: 18,
  FSYNC: 20,
  FLUSH: 25,
  INIT: 26,
  OPENDIR: 27,
  READDIR: 28,
  RELEASEDIR: 29,
  INTERRUPT: 36,
  DESTROY: 38,
  BATCH_FORGET: 42,
} as const;

const HEADER_IN = 40;
const MAX_WRITE = 65_536;
const SILENT: ReadonlySet<number> = new Set([OP.FORGET, OP.BATCH_FORGET, OP.INTERRUPT]);
const FILE_TYPES = { folder: 0o040000, link: 0o120000, file: 0o100000 } as const;

interface Request {
  readonly opcode: number;
  readonly unique: bigint;
  readonly path: string;
  readonly body: Buffer;
}

/**
 * Serves a virtual tree through `/dev/fuse`, so that unchanged programs read and write it as files
 * and wait where the kernel would make them wait. Interrupts are ignored: a writer stays in the
 * kernel until it is answered, even when it is killed, as one that waits for a device does.
 *
 * @see Linux Documentation/filesystems/fuse
 */
export class FuseServer {
  /** Descriptor of `/dev/fuse` that `mount -o fd=` wants to inherit. */
  readonly fd: number;
  /** Called before each request is answered. */
  onRequest: () => void = () => undefined;

  readonly #root: VirtualNode;
  readonly #paths = new Map<number, string>([[1, '']]);
  readonly #ids = new Map<string, number>([['', 1]]);
  readonly #texts = new Map<bigint, string>();
  #handles = 0n;

  static async open(root: VirtualNode): Promise<FuseServer> {
    const server = new FuseServer(root, await openFile('/dev/fuse', 'r+'));
    void server.#serve();
    return server;
  }

  private constructor(root: VirtualNode, fd: number) {
    this.#root = root;
    this.fd = fd;
  }

  async #serve(): Promise<void> {
    const buffer = Buffer.alloc(MAX_WRITE + 4096);
    while (true) {
      try {
        const { bytesRead } = await readChunk(this.fd, buffer, 0, buffer.length, null);
        void this.#answer(this.#parse(Buffer.from(buffer.subarray(0, bytesRead))));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // The mount is gone with its namespace: the end of a simulation.
        if (code === 'ENODEV') break;
        // Nothing is mounted yet.
        if (code !== 'EPERM') throw error;
        await setTimeout(5);
      }
    }
    await closeFile(this.fd);
  }

  #parse(message: Buffer): Request {
    return {
      opcode: message.readUInt32LE(4),
      unique: message.readBigUInt64LE(8),
      path: this.#paths.get(Number(message.readBigUInt64LE(16))) ?? '?',
      body: message.subarray(HEADER_IN),
    };
  }

  async #answer(request: Request): Promise<void> {
    if (SILENT.has(request.opcode)) return;
    this.onRequest();
    const answer = await this.#perform(request);
    const body = typeof answer === 'number' ? Buffer.alloc(0) : answer;
    const header = Buffer.alloc(16);
    header.writeUInt32LE(16 + body.length, 0);
    header.writeInt32LE(typeof answer === 'number' ? answer : 0, 4);
    header.writeBigUInt64LE(request.unique, 8);
    await writeChunk(this.fd, Buffer.concat([header, body])).catch(() => undefined);
  }

  async #perform({ opcode, path, body }: Request): Promise<Buffer | number> {
    if (opcode === OP.INIT) return initReply();
    const below = opcode === OP.LOOKUP ? `${path}/${cString(body)}` : path;
    const node = findNode(this.#root, below);
    if (node === undefined) return -ERRNO.ENOENT;
    switch (opcode) {
      case OP.LOOKUP:
        return Buffer.concat([entryHead(this.#idOf(below)), this.#attributes(below, node)]);
      case OP.GETATTR:
      case OP.SETATTR:
        return Buffer.concat([Buffer.alloc(16), this.#attributes(path, node)]);
      case OP.READLINK:
        return node.kind === 'link' ? Buffer.from(node.target) : -ERRNO.EINVAL;
      case OP.OPEN:
      case OP.OPENDIR:
        return openReply((this.#handles += 1n));
      case OP.READ:
        return this.#read(node, body);
      case OP.WRITE:
        return takeWrite(node, body);
      case OP.READDIR:
        return this.#list(path, node, body);
      case OP.RELEASE:
      case OP.RELEASEDIR:
        this.#texts.delete(body.readBigUInt64LE(0));
        return Buffer.alloc(0);
      case OP.FLUSH:
      case OP.FSYNC:
      case OP.DESTROY:
        return Buffer.alloc(0);
      default:
        return -ERRNO.ENOSYS;
    }
  }

  /** A file is read once when it is opened and shown from that text, as `seq_file` does. */
  async #read(node: VirtualNode, body: Buffer): Promise<Buffer | number> {
    if (node.kind !== 'file' || node.read === undefined) return -ERRNO.EIO;
    const handle = body.readBigUInt64LE(0);
    const text = this.#texts.get(handle) ?? (await node.read());
    if (typeof text === 'number') return text;
    this.#texts.set(handle, text);
    const offset = Number(body.readBigUInt64LE(8));
    return Buffer.from(text).subarray(offset, offset + body.readUInt32LE(16));
  }

  #list(path: string, node: VirtualNode, body: Buffer): Buffer | number {
    if (node.kind !== 'folder') return -ERRNO.EINVAL;
    const offset = Number(body.readBigUInt64LE(8));
    const entries = [...node.entries()].slice(offset).map(([name, child], index) => {
      const type = FILE_TYPES[child.kind] >> 12;
      return directoryEntry(this.#idOf(`${path}/${name}`), offset + index + 1, type, name);
    });
    const parts: Buffer[] = [];
    let room = body.readUInt32LE(16);
    for (const entry of entries) {
      if ((room -= entry.length) < 0) break;
      parts.push(entry);
    }
    return Buffer.concat(parts);
  }

  #idOf(path: string): number {
    const known = this.#ids.get(path);
    if (known !== undefined) return known;
    const id = this.#ids.size + 1;
    this.#ids.set(path, id);
    this.#paths.set(id, path);
    return id;
  }

  /** As sysfs: every file claims 4096 bytes, files that take writes are writable by root. */
  #attributes(path: string, node: VirtualNode): Buffer {
    const mode =
      node.kind === 'file'
        ? (node.read ? 0o444 : 0) | (node.write ? 0o200 : 0)
        : node.kind === 'folder'
          ? 0o755
          : 0o777;
    const attributes = Buffer.alloc(88);
    attributes.writeBigUInt64LE(BigInt(this.#idOf(path)), 0);
    attributes.writeBigUInt64LE(node.kind === 'file' ? 4096n : 0n, 8);
    attributes.writeUInt32LE(FILE_TYPES[node.kind] | mode, 60);
    attributes.writeUInt32LE(1, 64);
    attributes.writeUInt32LE(4096, 80);
    return attributes;
  }
}

async function takeWrite(node: VirtualNode, body: Buffer): Promise<Buffer | number> {
  if (node.kind !== 'file' || node.write === undefined) return -ERRNO.EIO;
  const size = body.readUInt32LE(16);
  const status = await node.write(body.subarray(40, 40 + size).toString());
  if (status < 0) return status;
  const reply = Buffer.alloc(8);
  reply.writeUInt32LE(size, 0);
  return reply;
}

function initReply(): Buffer {
  const reply = Buffer.alloc(64);
  reply.writeUInt32LE(7, 0);
  reply.writeUInt32LE(31, 4);
  reply.writeUInt16LE(64, 16);
  reply.writeUInt16LE(48, 18);
  reply.writeUInt32LE(MAX_WRITE, 20);
  reply.writeUInt32LE(1, 24);
  return reply;
}

/** No answer is kept by the kernel: the tree changes under the reader. */
function entryHead(id: number): Buffer {
  const head = Buffer.alloc(40);
  head.writeBigUInt64LE(BigInt(id), 0);
  return head;
}

function openReply(handle: bigint): Buffer {
  const DIRECT_IO = 1;
  const reply = Buffer.alloc(16);
  reply.writeBigUInt64LE(handle, 0);
  reply.writeUInt32LE(DIRECT_IO, 8);
  return reply;
}

function directoryEntry(id: number, next: number, type: number, name: string): Buffer {
  const bytes = Buffer.from(name);
  const entry = Buffer.alloc((24 + bytes.length + 7) & ~7);
  entry.writeBigUInt64LE(BigInt(id), 0);
  entry.writeBigUInt64LE(BigInt(next), 8);
  entry.writeUInt32LE(bytes.length, 16);
  entry.writeUInt32LE(type, 20);
  bytes.copy(entry, 24);
  return entry;
}

function cString(body: Buffer): string {
  return body.subarray(0, body.indexOf(0)).toString();
}
