import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { isBridge } from '../pcie-state.ts';
import { partName } from './function-kind.ts';
import { listNames, makeFinding } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/** Parts of a card that go along: easy to forget when a VM is set up. */
export function findCardParts({ moves }: UseContext): readonly Finding[] {
  const parts = moves.filter(
    (node) =>
      !node.isVirtualFunction &&
      node.parent !== undefined &&
      moves.some((other) => other !== node && other.bdf.slice(0, -2) === node.bdf.slice(0, -2)),
  );
  if (parts.length === 0) return [];
  const names = parts.map((node) => `${partName(node)} ${shortBdf(node.bdf)}`);
  return [
    makeFinding('card-parts', 'note', parts, {
      title: `The card has several functions: ${listNames(names, 6)}`,
      text: 'All of them have to be bound and given to the same VM',
      evidence: `sys/bus/pci/devices: ${parts.map(({ bdf }) => bdf).join(', ')}`,
    }),
  ];
}

/** Bridges of the group: they stay with their driver, and people should not try to bind them. */
export function findStayingBridges({ stays, engine }: UseContext): readonly Finding[] {
  const bridges = stays.flatMap(({ member }) => {
    const node = engine.topology.find(member as Bdf);
    return node !== undefined && isBridge(node) ? [node] : [];
  });
  if (bridges.length === 0) return [];
  return [
    makeFinding('bridges-stay', 'note', bridges, {
      title: `${bridges.length === 1 ? 'The bridge' : 'The bridges'} ${listNames(bridges.map(({ bdf }) => shortBdf(bdf)))} of the group ${bridges.length === 1 ? 'stays' : 'stay'} with the host`,
      text: 'A bridge need not and cannot be given to a VM: leave it with its driver',
      evidence: bridges.map(({ bdf }) => `${bdf} config 0x0e: header type 1`).join('; '),
    }),
  ];
}
