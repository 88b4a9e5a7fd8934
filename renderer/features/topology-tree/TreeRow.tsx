import { IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { KindIcon } from '../../components/KindIcon.tsx';
import { VerdictMark } from '../../components/VerdictMark.tsx';
import { ACS_STATES } from '../../components/acs-states.ts';
import { counted } from '../../components/counted.ts';
import { VERDICTS } from '../../components/verdicts.ts';
import type { FunctionView } from '../../../shared/view.ts';
import {
  selectDriverWord,
  selectFunction,
  selectGroup,
  selectShownVerdict,
} from '../hosts/hosts-selectors.ts';
import { nodesToggled } from './topology-slice.ts';
import type { TreeNode, VisibleNode } from './topology-tree.ts';

interface TreeRowProps {
  readonly hostId: string;
  readonly index: number;
  readonly row: VisibleNode;
  readonly isActive: boolean;
  /** Place and height in pixels. */
  readonly start: number;
  readonly size: number;
  readonly onChoose: (node: TreeNode) => void;
}

export const TreeRow = memo(function TreeRow(props: TreeRowProps) {
  const { hostId, index, row, isActive, start, size, onChoose } = props;
  const dispatch = useAppDispatch();
  const { node, level, position, setSize, isExpanded, guides } = row;
  const fn = useAppSelector((state) => selectFunction(state, hostId, node.bdf ?? ''));
  const hasChildren = node.childIds.length > 0;
  return (
    <div
      id={`node-${index}`}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={setSize}
      aria-expanded={hasChildren ? isExpanded : undefined}
      aria-selected={isActive}
      className="tree-row"
      data-stays={fn?.isHostPart === true}
      style={{ transform: `translateY(${start}px)`, height: size }}
      onClick={() => onChoose(node)}
    >
      {[...guides.slice(1), ...(level > 1 ? [position < setSize] : [])].map(
        (goesOn, depth, all) => (
          <span
            key={depth}
            className="tree-row__guide"
            data-on={goesOn}
            data-last={depth === all.length - 1}
          />
        ),
      )}
      <span
        className="tree-row__fold"
        data-leaf={!hasChildren}
        onClick={(event) => {
          if (!hasChildren) return;
          event.stopPropagation();
          dispatch(nodesToggled({ hostId, nodeIds: [node.id], isExpanded: !isExpanded }));
        }}
      >
        {hasChildren ? <IconChevronRight size={14} stroke={1.8} aria-hidden /> : null}
      </span>
      {fn === undefined ? (
        <span className="tree-row__bus">Root {node.id}</span>
      ) : (
        <FunctionWords hostId={hostId} fn={fn} hidden={isExpanded ? 0 : node.childIds.length} />
      )}
    </div>
  );
});

interface FunctionWordsProps {
  readonly hostId: string;
  readonly fn: FunctionView;
  /** Children that are folded away. */
  readonly hidden: number;
}

function FunctionWords({ hostId, fn, hidden }: FunctionWordsProps) {
  const group = useAppSelector((state) => selectGroup(state, hostId, fn.groupId ?? ''));
  const verdict = useAppSelector((state) => selectShownVerdict(state, hostId, fn.groupId));
  const driver = useAppSelector((state) => selectDriverWord(state, hostId, fn.bdf));
  const acs = ACS_STATES[fn.acs];
  const isPort = fn.kind === 'port';
  const hiddenNoun = fn.kind === 'port' || fn.kind === 'bridge' ? 'function' : 'virtual function';
  return (
    <>
      <KindIcon kind={fn.kind} size={15} />
      <Address value={fn.bdf} />
      <span className="tree-row__name" title={`${fn.name}, ${fn.vendorName}`}>
        {fn.name}
      </span>
      {hidden > 0 ? <span className="tag">{counted(hidden, hiddenNoun)}</span> : null}
      {isPort ? (
        <span className={`tree-row__acs tone-${acs.tone}`} title={fn.acsText}>
          {acs.word}
        </span>
      ) : null}
      {fn.link === undefined ? null : <span className="tree-row__link">{fn.link}</span>}
      <span className="tree-row__driver">{driver}</span>
      <span className="tree-row__group">
        {group === undefined ? (
          <span className="dim">not covered</span>
        ) : (
          <>
            <VerdictMark verdict={verdict} size={12} />
            <span title={VERDICTS[verdict].word}>group {group.id}</span>
          </>
        )}
      </span>
    </>
  );
}
