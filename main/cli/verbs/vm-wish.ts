import { parseBdf } from '../../../shared/bdf.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import { vmOptionsSchema, vmTargetSchema } from '../../../shared/vm-report.ts';
import { vmWishSchema } from '../../../shared/vm.ts';
import type { VmRequest } from '../../backend/vm-report.ts';
import type { VmOptions } from './vm-options.ts';

type Refused = Failure<'bad-arguments'>;

/** Turns the options of `airlock vm` into a request; the schemas say what is wrong with them. */
export function parseRequest(
  addresses: readonly string[],
  options: VmOptions,
): Result<VmRequest, Refused> {
  const target = vmTargetSchema.safeParse(options.target);
  if (!target.success) {
    return bad(`--target ${options.target} is none of ${vmTargetSchema.options.join(', ')}`);
  }
  const how = vmOptionsSchema.safeParse({
    scope: options.fragment === true ? 'fragment' : 'whole',
    vfio: options.iommufd === true ? 'iommufd' : 'group',
    libvirtVersion: options.libvirt,
    qemuVersion: options.qemu,
  });
  if (!how.success) return bad(issueText(how.error));
  const wish = vmWishSchema.safeParse(wishOf(addresses, options));
  if (!wish.success) return bad(issueText(wish.error));
  return ok({ wish: wish.data, target: target.data, options: how.data });
}

function bad(message: string): Result<never, Refused> {
  return failure('bad-arguments', message);
}

function issueText({
  issues,
}: {
  readonly issues: readonly { path: PropertyKey[]; message: string }[];
}) {
  const [issue] = issues;
  return `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'wrong'}`;
}

/** Not trusted: what a word does not say the schema finds missing. */
function wishOf(addresses: readonly string[], options: VmOptions): unknown {
  return {
    name: options.name,
    guest: options.guest,
    firmware: options.firmware,
    hasTpm: options.tpm,
    cpus: Number(options.cpus),
    isPinned: options.pin,
    memoryMib: Number(options.memory),
    pages: options.pages,
    disks: [
      ...options.disk.map(diskOf),
      ...options.cdrom.map((path) => ({ path, format: 'raw', device: 'cdrom' })),
    ],
    networks: options.network.map((word) => {
      const [kind, ...name] = word.split(':');
      return { kind, ...(name.length > 0 && { name: name.join(':') }) };
    }),
    devices: [
      ...addresses.map((bdf) => ({ kind: 'pci', bdf, ...romOf(bdf, options.rom) })),
      ...options.vf.map(virtualFunctionOf),
      ...options.mdev.map((uuid) => ({ kind: 'mdev', uuid })),
    ],
    display: displayOf(options),
    input:
      options.keyboard === undefined
        ? { kind: 'none' }
        : { kind: 'evdev', keyboard: options.keyboard, mouse: options.mouse },
    viommu: options.viommu,
    isManaged: options.managed === undefined ? undefined : managedOf(options.managed),
    isHypervisorHidden: options.hideHypervisor === true,
  };
}

/** `raw:/dev/zvol/vm`, `disk.qcow2`; a block device is raw. */
function diskOf(word: string) {
  const [, format, path = word] = /^(raw|qcow2):(.+)$/s.exec(word) ?? [];
  return { path, format: format ?? (path.startsWith('/dev/') ? 'raw' : 'qcow2') };
}

function romOf(bdf: string, words: readonly string[]) {
  const word = words.find((one) => parseBdf(one.split('=')[0] ?? '') === parseBdf(bdf));
  return word === undefined ? {} : { romFile: word.slice(word.indexOf('=') + 1) };
}

/** `04:01.0,mac=52:54:00:00:00:01,vlan=42`. */
function virtualFunctionOf(word: string) {
  const [bdf, ...pairs] = word.split(',');
  const entries = pairs.map((pair) => pair.split('=', 2));
  const { vlan, ...rest } = Object.fromEntries(entries) as Record<string, string>;
  return { kind: 'vf', bdf, ...rest, ...(vlan !== undefined && { vlan: Number(vlan) }) };
}

function displayOf({ display, kvmfr }: VmOptions) {
  const [, width, height] = /^looking-glass:(\d+)x(\d+)$/.exec(display) ?? [];
  const kind = width === undefined ? display : 'looking-glass';
  if (kind !== 'looking-glass') return { kind };
  const size = width === undefined ? {} : { width: Number(width), height: Number(height) };
  return { kind, ...size, memory: kvmfr === true ? 'kvmfr' : 'shm' };
}

function managedOf(word: string): unknown {
  return word === 'yes' ? true : word === 'no' ? false : word;
}
