import { shortBdf } from '../../../shared/bdf.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { hostIndex } from './host-index.ts';
import { listNames, makeFinding } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/**
 * Intel VMD: disks behind it hang on its own domain and do DMA in the name of the endpoint.
 *
 * @see Linux drivers/pci/controller/vmd.c, `vmd_enable_domain()`
 */
export function findVmd({ moves, engine }: UseContext): readonly Finding[] {
  const { vmdChildren } = hostIndex(engine.topology);
  return moves.flatMap((node) => {
    const { vmdEndpoint } = node;
    if (vmdEndpoint !== undefined) {
      return [
        makeFinding('vmd-child', 'risk', node, {
          title: `${shortBdf(node.bdf)} lies behind the Intel VMD ${shortBdf(vmdEndpoint.bdf)}`,
          text: 'Its DMA appears as that of the VMD, so it cannot be given away alone. Switch VMD off in the firmware setup, or pass on the VMD with all that is behind it',
          evidence: `sys/devices: ${node.bdf} below ${vmdEndpoint.bdf}`,
        }),
      ];
    }
    const children = vmdChildren.get(node.bdf) ?? [];
    if (children.length === 0) return [];
    const names = children.map(({ bdf }) => shortBdf(bdf));
    return [
      makeFinding('vmd-endpoint', 'risk', node, {
        title: `Everything behind the Intel VMD ${shortBdf(node.bdf)} goes with it`,
        text: `The host loses ${listNames(names)}`,
        evidence: `sys/devices: ${listNames(names, 8)} below ${node.bdf}`,
      }),
    ];
  });
}
