import type { FunctionView } from '../../../shared/view.ts';
import { Address } from '../../components/Address.tsx';
import { usePicture } from './picture-context.ts';
import { headWords, insideWords } from './picture-words.ts';

/** Explains what lies under the pointer or has the focus, in one place that never covers anything. */
export function ExplanationStrip({ stopId }: { stopId: string | undefined }) {
  const { drawing } = usePicture();
  const fn = drawing.host.functions[stopId ?? ''];
  return (
    <div className="picture-strip">
      {fn === undefined ? <NodeWords stopId={stopId} /> : <FunctionWords fn={fn} />}
    </div>
  );
}

function FunctionWords({ fn }: { fn: FunctionView }) {
  const { drawing } = usePicture();
  const isPort = drawing.graph.nodes[drawing.graph.nodeOf[fn.bdf] ?? '']?.kind === 'port';
  return (
    <p>
      <Address value={fn.bdf} /> <strong>{fn.name}</strong>{' '}
      <span className="dim">
        {fn.groupId === undefined ? 'in no group' : `in group ${fn.groupId}`}
      </span>
      <br />
      {isPort ? fn.acsText : fn.sentence}
    </p>
  );
}

function NodeWords({ stopId }: { stopId: string | undefined }) {
  const { drawing } = usePicture();
  const node = drawing.graph.nodes[stopId ?? ''];
  if (node === undefined) {
    return (
      <p className="dim">
        Point at a part to have it explained. Arrow keys go from part to part, Enter to the
        inspector, + and − change the size, 0 shows all.
      </p>
    );
  }
  const inside = drawing.inside[node.id];
  return (
    <p>
      <strong>{headWords(node, drawing.host)}</strong>
      <br />
      {node.kind === 'bus'
        ? 'Where the bus meets the processor: everything to the right of it hangs below this bus.'
        : 'Shown as one until it is opened.'}{' '}
      {inside === undefined ? '' : `${insideWords(inside)}.`}
    </p>
  );
}
