import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useStore } from '@xyflow/react';
import type { ReactFlowState } from '@xyflow/react';
import { memo } from 'react';
import { Address } from '../../components/Address.tsx';
import { KindIcon } from '../../components/KindIcon.tsx';
import { VerdictBadge } from '../../components/VerdictBadge.tsx';
import { canOpen, isBundle } from './picture-collapse.ts';
import { usePicture } from './picture-context.ts';
import type { PlacedNode } from './picture-layout.ts';
import { hasOwnStop } from './picture-stops.ts';
import { cardVerdict, headWords, insideWords } from './picture-words.ts';
import { FunctionStop } from './FunctionStop.tsx';

const isFarAway = ({ transform }: ReactFlowState) => transform[2] < 0.3;

/** One node: a root bus, a port, the functions of a card, or a bundle. */
export const PictureNodeView = memo(function PictureNodeView({
  data,
}: {
  data: { readonly placed: PlacedNode };
}) {
  const { drawing, activeId } = usePicture();
  const isFar = useStore(isFarAway);
  const { placed } = data;
  const { node, isOpen, rows } = placed;
  const inside = drawing.inside[node.id];
  // Lines that nobody can read are not drawn, but for the one that Tab leads to.
  const drawn = isFar && isBundle(node) ? rows.filter(({ bdf }) => bdf === activeId) : rows;
  return (
    <div className="picture-node" data-kind={node.kind} data-open={isOpen}>
      {node.kind === 'port' ? null : <NodeHead placed={placed} />}
      {drawn.map((row) => (
        <FunctionStop key={row.bdf} placed={placed} row={row} />
      ))}
      {inside === undefined ? null : <p className="picture-node__inside">{insideWords(inside)}</p>}
      {canOpen(node) ? <OpenButton placed={placed} /> : null}
    </div>
  );
});

function NodeHead({ placed }: { placed: PlacedNode }) {
  const { drawing, activeId } = usePicture();
  const { node, isOpen } = placed;
  const first = drawing.host.functions[node.functionIds[0] ?? ''];
  const verdict = cardVerdict(node, drawing.host);
  const words = (
    <>
      {first === undefined ? null : <KindIcon kind={first.kind} size={15} />}
      <span className="picture-node__title">{headWords(node, drawing.host)}</span>
      {node.kind === 'shares' ? <Address value={node.id.slice('shares '.length)} /> : null}
    </>
  );
  if (!hasOwnStop(placed)) {
    return (
      <p className="picture-node__head">
        {words}
        {verdict === undefined ? null : <VerdictBadge verdict={verdict} />}
      </p>
    );
  }
  return (
    <button
      type="button"
      className="picture-node__head picture-stop"
      data-stop={node.id}
      tabIndex={activeId === node.id ? 0 : -1}
      aria-expanded={canOpen(node) ? isOpen : undefined}
    >
      {words}
    </button>
  );
}

/** For the pointer; the keyboard opens with the arrow keys. */
function OpenButton({ placed }: { placed: PlacedNode }) {
  const { drawing, toggle } = usePicture();
  const { node, isOpen } = placed;
  const name = isBundle(node) ? headWords(node, drawing.host) : (node.functionIds[0] ?? node.id);
  const Icon = isOpen ? IconMinus : IconPlus;
  return (
    <button
      type="button"
      className="picture-node__open nopan"
      tabIndex={-1}
      aria-label={`${isOpen ? 'Close' : 'Open'} ${name}`}
      onClick={() => toggle(node.id, !isOpen)}
    >
      <Icon size={12} stroke={2.4} aria-hidden />
    </button>
  );
}
