import { KindIcon } from '../../components/KindIcon.tsx';
import { writeAddress } from '../../components/addresses.ts';
import { VerdictMark } from '../../components/VerdictMark.tsx';
import type { FunctionView } from '../../../shared/view.ts';
import { AcsMark } from './AcsMark.tsx';
import { usePicture } from './picture-context.ts';
import type { PlacedNode } from './picture-layout.ts';
import { cardVerdict, functionSentence } from './picture-words.ts';

interface FunctionStopProps {
  readonly placed: PlacedNode;
  readonly row: PlacedNode['rows'][number];
}

/** One function: a line of its card, or a port as a whole. */
export function FunctionStop({ placed, row }: FunctionStopProps) {
  const { drawing, selectedBdf, activeId, addressForm } = usePicture();
  const { node, isOpen, x, y } = placed;
  const fn = drawing.host.functions[row.bdf];
  if (fn === undefined) return null;
  const isPort = node.kind === 'port';
  const holds = node.childIds.length > 0;
  return (
    <button
      type="button"
      className={`picture-stop ${isPort ? 'picture-port' : 'picture-row'}`}
      data-stop={row.bdf}
      tabIndex={activeId === row.bdf ? 0 : -1}
      aria-label={functionSentence(fn, node, drawing.host, addressForm)}
      aria-pressed={selectedBdf === row.bdf}
      aria-expanded={holds ? isOpen : undefined}
      style={{ left: row.x - x, top: row.y - y, width: row.width, height: row.height }}
    >
      {isPort ? <PortWords fn={fn} /> : <RowWords fn={fn} placed={placed} />}
    </button>
  );
}

function ShownAddress({ bdf }: { bdf: string }) {
  return <span className="address">{writeAddress(bdf, usePicture().addressForm)}</span>;
}

function PortWords({ fn }: { fn: FunctionView }) {
  return (
    <>
      <span className="picture-port__line">
        <KindIcon kind={fn.kind} size={15} />
        <ShownAddress bdf={fn.bdf} /> <span className="picture-port__name">{fn.name}</span>{' '}
      </span>
      <span className="picture-port__line">
        <span className="picture-port__role">{fn.role}</span> <AcsMark fn={fn} />
      </span>
    </>
  );
}

function RowWords({ fn, placed }: { fn: FunctionView; placed: PlacedNode }) {
  const { drawing } = usePicture();
  const verdict = drawing.host.verdicts[fn.groupId ?? ''];
  const isSaidAbove = cardVerdict(placed.node, drawing.host) !== undefined;
  const isMixed = drawing.mixedNodeIds.has(placed.node.id);
  const look = drawing.looks[fn.groupId ?? ''] ?? 'plain';
  return (
    <>
      <ShownAddress bdf={fn.bdf} /> <span className="picture-row__name">{fn.name}</span>
      {isSaidAbove || verdict === undefined ? null : <VerdictMark verdict={verdict} size={12} />}
      {isMixed ? (
        <span className={`picture-chip look-${look}`} data-group={fn.groupId ?? 'none'} />
      ) : null}
    </>
  );
}
