import { shortBdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { hostIndex } from './host-index.ts';
import { makeFinding } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/**
 * Physical functions whose virtual functions are on.
 *
 * @see Linux drivers/vfio/pci/vfio_pci_core.c, `vfio_pci_core_register_device()`: it refuses them
 */
export function findVirtualFunctions({ moves, engine }: UseContext): readonly Finding[] {
  const { vfCounts } = hostIndex(engine.topology);
  return moves.flatMap((node) => {
    const listed = vfCounts.get(node.bdf) ?? 0;
    const stated = known(node.fn.details?.sriovNumVfs) ?? 0;
    const vfs = Math.max(stated, listed);
    if (vfs === 0) return [];
    return [
      makeFinding('vfs-enabled', 'stop', node, {
        title: `${shortBdf(node.bdf)} has ${vfs} virtual functions`,
        text: 'vfio-pci refuses a physical function whose virtual functions are on: switch them off first, or pass on a virtual function',
        evidence:
          stated > 0 ? `sriov_numvfs: ${stated}` : `${vfs} functions with a physfn link to it`,
      }),
    ];
  });
}
