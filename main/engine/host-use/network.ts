import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { DefaultRoute, NetworkInterface, RemoteSession } from '../../../shared/network.ts';
import type { Finding, Severity } from '../../../shared/verdict.ts';
import type { FunctionNode } from '../topology.ts';
import { hasBaseClass, mayHaveDriver, NETWORK } from './function-kind.ts';
import { listNames, makeFinding, READ_AS_ROOT, unreadEvidence } from './make-finding.ts';
import { makeNetworkPaths, type NetworkPaths } from './network-paths.ts';
import type { MachineContext } from './use-context.ts';

/** File systems that are fetched over the network. */
const NETWORK_FILE_SYSTEMS =
  /^(nfs|nfs4|cifs|smb3|ceph|afs|glusterfs|fuse\.glusterfs|fuse\.sshfs)$/;

/**
 * Network interfaces that the host loses, and whether it is reached over them: default routes and
 * the SSH connection of a live reading, through bridges, bonds and VLANs.
 */
export function findNetworkLoss(context: MachineContext): readonly Finding[] {
  const { interfaces } = context.machine.network;
  if (isUnreadable(interfaces)) {
    return context.fromHost
      .filter((node) => hasBaseClass(node, NETWORK) && mayHaveDriver(node))
      .map((node) => unlisted(node, interfaces.errno));
  }
  const paths = makeNetworkPaths(interfaces ?? [], context.moving);
  return context.fromHost.flatMap((node) => {
    const own = paths.interfacesOf(node.bdf);
    return own.length === 0 ? [] : lossOf(node, own, paths, context);
  });
}

function lossOf(
  node: FunctionNode,
  own: readonly NetworkInterface[],
  paths: NetworkPaths,
  context: MachineContext,
): readonly Finding[] {
  const restsOnOwn = (name: string) => paths.hardwareOf(name).some((one) => own.includes(one));
  const found = [
    sessionLoss(node, restsOnOwn, paths, context),
    routeLoss(node, restsOnOwn, paths, context),
  ].filter((finding) => finding !== undefined);
  return found.length > 0 ? found : [interfaceLoss(node, own, context)];
}

/** The connection of the person who asks: losing it leaves nobody to undo anything. */
function sessionLoss(
  node: FunctionNode,
  restsOnOwn: (name: string) => boolean,
  paths: NetworkPaths,
  { machine }: MachineContext,
): Finding | undefined {
  const session = known(machine.network.session);
  if (session === undefined) return undefined;
  const { interfaceName: name } = session;
  if (name === undefined) return unplacedSession(node, session);
  if (!restsOnOwn(name) || paths.survives(name) !== false) return undefined;
  return makeFinding('ssh-connection', 'stop', node, {
    title: `The SSH connection that you use runs over ${shortBdf(node.bdf)} (${name})`,
    text: 'It would end at once, and with it your way to take the change back',
    evidence: `SSH_CONNECTION: local address ${session.localAddress} on ${name}`,
  });
}

function unplacedSession(node: FunctionNode, { localAddress }: RemoteSession): Finding {
  return makeFinding('ssh-connection', 'risk', node, {
    title: `The SSH connection that you use may run over ${shortBdf(node.bdf)}`,
    text: 'No interface has its local address, so the interface is not known. Look at "ip address" on this host',
    evidence: `SSH_CONNECTION: local address ${localAddress} on no interface`,
  });
}

function routeLoss(
  node: FunctionNode,
  restsOnOwn: (name: string) => boolean,
  paths: NetworkPaths,
  { machine }: MachineContext,
): Finding | undefined {
  const routes = known(machine.network.defaultRoutes) ?? [];
  const mine = routes.filter(({ interfaceName }) => restsOnOwn(interfaceName));
  const [lost] = mine.filter(({ interfaceName }) => paths.survives(interfaceName) === false);
  if (lost === undefined) return mine[0] && degraded(node, mine[0]);
  const left = routes.find(({ interfaceName }) => paths.survives(interfaceName) === true);
  const isNetworkRoot = known(machine.storage.mounts)?.some(
    ({ mountPoint, fileSystem = '' }) =>
      mountPoint === '/' && NETWORK_FILE_SYSTEMS.test(fileSystem),
  );
  const severity: Severity = left === undefined || isNetworkRoot === true ? 'stop' : 'risk';
  return makeFinding('default-route', severity, node, {
    title: `The host's default route runs over ${shortBdf(node.bdf)} (${wayOf(lost, paths)})`,
    text: textOf(left, isNetworkRoot === true),
    evidence: mine.map((route) => `${fileOf(route)}: default on ${route.interfaceName}`).join('; '),
  });
}

function textOf(left: DefaultRoute | undefined, isNetworkRoot: boolean): string {
  if (isNetworkRoot) return 'The root file system is fetched over the network: the host stops';
  return left === undefined
    ? 'The host would be cut off from its network: no other default route is left'
    : `Another default route is left, on ${left.interfaceName}: make sure that you reach the host through it`;
}

/** A bond goes on with the rest of its interfaces. */
function degraded(node: FunctionNode, { interfaceName }: DefaultRoute): Finding {
  return makeFinding('bond-degraded', 'risk', node, {
    title: `The default route loses one of the interfaces of its bond with ${shortBdf(node.bdf)}`,
    text: `${interfaceName} goes on with the others. Take the interface out of the bond first`,
    evidence: `sys/class/net/${interfaceName}: rests on a bond with another interface`,
  });
}

/** `br0 on bond0 on eth0`: from the route to the hardware. */
function wayOf({ interfaceName }: DefaultRoute, paths: NetworkPaths): string {
  const names = paths.hardwareOf(interfaceName).map(({ name }) => name);
  return names.includes(interfaceName) ? interfaceName : `${interfaceName} on ${listNames(names)}`;
}

function fileOf({ family }: DefaultRoute): string {
  return family === 'IPv4' ? 'proc/net/route' : 'proc/net/ipv6_route';
}

/** No known route goes through it; one that is down can hardly be missed. */
function interfaceLoss(
  node: FunctionNode,
  own: readonly NetworkInterface[],
  { machine }: MachineContext,
): Finding {
  const names = own.map(({ name }) => name);
  const routes = machine.network.defaultRoutes;
  const title = `The host loses the network interface ${listNames(names)}`;
  if (isUnreadable(routes)) {
    return makeFinding('network-lost', 'risk', node, {
      title,
      text: `Whether the default route runs over it is not known. ${READ_AS_ROOT}`,
      evidence: unreadEvidence('proc/net/route', routes.errno),
    });
  }
  const isIdle = own.every(({ state }) => state === 'down');
  return makeFinding('network-lost', isIdle ? 'note' : 'risk', node, {
    title,
    text: isIdle
      ? 'It is down, and no default route runs over it'
      : 'No default route runs over it. Make sure that you do not reach the host or its storage through it',
    evidence: own
      .map(({ name, state }) => `sys/class/net/${name}/operstate: ${known(state) ?? 'not known'}`)
      .join('; '),
  });
}

function unlisted(node: FunctionNode, errno: string): Finding {
  return makeFinding('network-lost', 'risk', node, {
    title: `The host may lose its network with ${shortBdf(node.bdf)}`,
    text: `Which interfaces it has, and whether the default route runs over them, is not known. ${READ_AS_ROOT}`,
    evidence: unreadEvidence('sys/class/net', errno),
  });
}
