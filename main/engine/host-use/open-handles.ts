import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { OpenNode, UserFacts } from '../../../shared/users.ts';
import type { Finding } from '../../../shared/verdict.ts';
import type { FunctionNode } from '../topology.ts';
import { driverOf } from '../viability.ts';
import { childrenOf, DISPLAY, hasBaseClass } from './function-kind.ts';
import { listNames, makeFinding, READ_AS_ROOT, unreadEvidence } from './make-finding.ts';
import type { MachineContext } from './use-context.ts';

/** Nodes that every GPU on NVIDIA's driver shares. */
const NVIDIA_SHARED = /^\/dev\/nvidia(ctl|-modeset|-uvm(-tools)?)$/;

/**
 * Programs that have a device node of a function open: graphics, sound, computing.
 *
 * @see NVIDIA open-gpu-kernel-modules kernel-open/nvidia/nv-pci.c, `nv_pci_remove()`: it waits for
 *   the last user without end
 */
export function findOpenHandles({ fromHost, machine }: MachineContext): readonly Finding[] {
  const { openNodes } = machine.users;
  return fromHost.flatMap((node) => {
    const driver = known(driverOf(node));
    if (driver === undefined || !hasNodes(node, driver)) return [];
    if (openNodes === undefined) return [];
    if (isUnreadable(openNodes)) {
      return [unknownHandles(node, unreadEvidence('proc/*/fd', openNodes.errno))];
    }
    const held = openNodes.nodes.filter((open) =>
      belongsTo(open.node, node, driver, machine.users),
    );
    if (held.length > 0) return [heldBy(node, driver, held)];
    return openNodes.isWhole
      ? []
      : [unknownHandles(node, 'proc/*/fd: permission denied for processes of others')];
  });
}

function hasNodes(node: FunctionNode, driver: string): boolean {
  return (
    childrenOf(node, /^(drm|sound)\//).length > 0 ||
    (driver === 'nvidia' && hasBaseClass(node, DISPLAY))
  );
}

function belongsTo(
  path: string,
  node: FunctionNode,
  driver: string,
  { nvidiaMinors }: UserFacts,
): boolean {
  if (path.startsWith('/dev/dri/')) return childrenOf(node, /^drm\//).includes(path.slice(9));
  const card = /^\/dev\/snd\/(?:control|pcm|hw|midi)C(\d+)/.exec(path)?.[1];
  if (card !== undefined) return childrenOf(node, /^sound\//).includes(`card${card}`);
  if (path === '/dev/kfd') return driver === 'amdgpu';
  if (driver !== 'nvidia') return false;
  const own = known(nvidiaMinors)?.find(({ bdf }) => bdf === node.bdf);
  const minor = /^\/dev\/nvidia(\d+)$/.exec(path)?.[1];
  if (minor === undefined) return NVIDIA_SHARED.test(path);
  return own === undefined || own.minor === Number(minor);
}

function heldBy(node: FunctionNode, driver: string, held: readonly OpenNode[]): Finding {
  const programs = [
    ...new Set(held.map(({ processName, processId }) => `${processName} (${processId})`)),
  ];
  const isNvidia = driver === 'nvidia';
  return makeFinding('device-open', 'risk', node, {
    title: `${listNames(programs)} ${programs.length === 1 ? 'has' : 'have'} ${shortBdf(node.bdf)} open`,
    text: isNvidia
      ? 'Taking the card from the nvidia driver now would wait for ever. End these programs first, or bind at boot'
      : 'They lose it, and may end. Close them first, or bind at boot',
    evidence: held
      .slice(0, 3)
      .map(({ processId, node: path }) => `proc/${processId}/fd: ${path}`)
      .join('; '),
  });
}

function unknownHandles(node: FunctionNode, evidence: string): Finding {
  return makeFinding('device-open-unknown', 'note', node, {
    title: `Whether a program has ${shortBdf(node.bdf)} open is not known`,
    text: `A driver may wait for it without end. ${READ_AS_ROOT}`,
    evidence,
  });
}
