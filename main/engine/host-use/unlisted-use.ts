import { shortBdf } from '../../../shared/bdf.ts';
import type { Finding } from '../../../shared/verdict.ts';
import type { FunctionNode } from '../topology.ts';
import { childrenOf } from './function-kind.ts';
import { listNames, makeFinding, READ_AS_ROOT } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/** Disks and interfaces of functions whose use by the host was not read at all. */
export function findUnlistedUse({ fromHost }: UseContext): readonly Finding[] {
  return fromHost.flatMap((node) => [
    ...unlisted(node, 'disk-lost', 'disks', childrenOf(node, /^(nvme|block|ata|scsi_host|host)\//)),
    ...unlisted(node, 'network-lost', 'network interfaces', childrenOf(node, /^net\//)),
  ]);
}

function unlisted(
  node: FunctionNode,
  code: string,
  what: string,
  names: readonly string[],
): readonly Finding[] {
  if (names.length === 0) return [];
  return [
    makeFinding(code, 'risk', node, {
      title: `The host loses the ${what} of ${shortBdf(node.bdf)}: ${listNames(names)}`,
      text: `Whether the host uses them was not read. ${READ_AS_ROOT}`,
      evidence: `sysfs children: ${names.join(', ')}`,
    }),
  ];
}
