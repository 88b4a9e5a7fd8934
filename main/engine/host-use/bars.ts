import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { ResizableBar } from '../../../shared/host.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { configOf } from '../pcie-state.ts';
import type { FunctionNode } from '../topology.ts';
import { DISPLAY, hasBaseClass } from './function-kind.ts';
import { makeFinding, READ_AS_ROOT, unreadEvidence } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** Memory that a guest has to place above 4 GiB, because it cannot fit below. */
export function findLargeBars({ moves }: UseContext): readonly Finding[] {
  const unread = moves.flatMap((node) => {
    const bars = node.fn.details?.bars;
    return isUnreadable(bars) ? [{ node, errno: bars.errno }] : [];
  });
  const large = moves.filter((node) => sizeAbove4GiB(node) > 0);
  const total = large.reduce((sum, node) => sum + sizeAbove4GiB(node), 0);
  const findings = unread.map(({ node, errno }) =>
    makeFinding('bars-unknown', 'note', node, {
      title: `The sizes of the BARs of ${shortBdf(node.bdf)} are not known`,
      text: `A guest needs a 64-bit window that holds them. ${READ_AS_ROOT}`,
      evidence: unreadEvidence('resource', errno),
    }),
  );
  if (total < 4 * GIB) return findings;
  return [
    ...findings,
    makeFinding('large-bars', 'note', large, {
      title: `The guest needs a 64-bit window of ${sizeText(windowFor(total))} for its BARs`,
      text: 'Give the guest the physical address width of the host, and firmware that places BARs above 4 GiB; a smaller window leaves the device without memory',
      evidence: large
        .map(
          (node) =>
            `${shortBdf(node.bdf)} resource: 64-bit BARs of ${sizeText(sizeAbove4GiB(node))}`,
        )
        .join('; '),
    }),
  ];
}

/** BARs whose size can be chosen: the guest gets the size that they have now. */
export function findResizableBars({ moves }: UseContext): readonly Finding[] {
  return moves.flatMap((node) => {
    const bars = configOf(node)?.resizableBars;
    if (bars === undefined) return [];
    if (isUnreadable(bars))
      return hasBaseClass(node, DISPLAY) ? [unknownSizes(node, bars.errno)] : [];
    const sized = bars.filter(({ largestBytes }) => largestBytes > 0);
    if (sized.length === 0) return [];
    return [
      makeFinding('resizable-bar', 'note', node, {
        title: `${shortBdf(node.bdf)} has resizable BARs`,
        text: 'A VM gets them in the size that they have when it starts. Where a guest does not come up, try the smaller size',
        evidence: `config, extended capability 0x0015: ${sized.map(barText).join('; ')}`,
      }),
    ];
  });
}

function unknownSizes(node: FunctionNode, errno: string): Finding {
  return makeFinding('resizable-bar-unknown', 'note', node, {
    title: `Whether ${shortBdf(node.bdf)} has resizable BARs is not known`,
    text: READ_AS_ROOT,
    evidence: unreadEvidence('config', errno),
  });
}

function barText({ index, sizeBytes, largestBytes }: ResizableBar): string {
  return `BAR ${index} is ${sizeText(sizeBytes)}, up to ${sizeText(largestBytes)}`;
}

/** Bytes of the 64-bit BARs of a function; 0 also where they could not be read. */
export function sizeAbove4GiB({ fn }: FunctionNode): number {
  return (known(fn.details?.bars) ?? [])
    .filter(({ index, is64Bit }) => index < 6 && is64Bit)
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

/** A power of two that is larger than the sum. */
export function windowFor(bytes: number): number {
  return 2 ** (Math.floor(Math.log2(bytes)) + 1);
}

function sizeText(bytes: number): string {
  if (bytes >= GIB) return `${+(bytes / GIB).toFixed(1)} GiB`;
  return bytes >= MIB ? `${+(bytes / MIB).toFixed(1)} MiB` : `${Math.ceil(bytes / 1024)} KiB`;
}
