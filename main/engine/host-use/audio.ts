import { shortBdf } from '../../../shared/bdf.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { hostIndex } from './host-index.ts';
import { childrenOf } from './function-kind.ts';
import { listNames, makeFinding } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/** Sound cards that go, and whether the host keeps one. */
export function findAudioLoss({ fromHost, engine, moving }: UseContext): readonly Finding[] {
  return fromHost.flatMap((node) => {
    const cards = childrenOf(node, /^sound\//);
    if (cards.length === 0) return [];
    const left = hostIndex(engine.topology)
      .sounds.filter(({ bdf }) => !moving.has(bdf))
      .flatMap((other) => childrenOf(other, /^sound\//));
    return [
      makeFinding('audio-lost', 'note', node, {
        title: `The host loses the sound card of ${shortBdf(node.bdf)}`,
        text: left.length > 0 ? `It keeps ${listNames(left)}` : 'It has no other on PCI',
        evidence: `sys/class/sound: ${listNames(cards)}`,
      }),
    ];
  });
}
