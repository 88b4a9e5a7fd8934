import { shortBdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { makeFinding } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/**
 * Functions that sleep with their power cut: some never wake for a VM.
 *
 * @see Linux Documentation/ABI/testing/sysfs-bus-pci, `power_state` and `d3cold_allowed`
 */
export function findDeepSleep({ moves }: UseContext): readonly Finding[] {
  return moves.flatMap((node) => {
    const { powerState, d3coldAllowed } = node.fn.details ?? {};
    const state = known(powerState);
    if (state !== 'D3cold' && !(state === 'D3hot' && known(d3coldAllowed) === true)) return [];
    const isCold = state === 'D3cold';
    return [
      makeFinding('d3cold', isCold ? 'risk' : 'note', node, {
        title: `${shortBdf(node.bdf)} ${isCold ? 'sleeps with its power cut (D3cold)' : 'sleeps and may have its power cut (D3cold)'}`,
        text: 'Some devices never wake from that for a VM ("stuck in D3"). Writing 0 to d3cold_allowed keeps their power on',
        evidence: `power_state: ${state}; d3cold_allowed: ${known(d3coldAllowed) === undefined ? 'not known' : known(d3coldAllowed) === true ? '1' : '0'}`,
      }),
    ];
  });
}
