import { memo } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Highlight } from '../../components/Highlight.tsx';
import { KindIcon } from '../../components/KindIcon.tsx';
import { writeAddress } from '../../components/addresses.ts';
import type { FunctionView } from '../../../shared/view.ts';
import { staysInPlace } from '../../components/stays-in-place.ts';
import { selectDriverWord, selectFunction } from '../hosts/hosts-selectors.ts';
import { functionSelected, inspectorRevealed } from '../selection/selection-slice.ts';
import { selectAddressForm } from '../settings/settings-selectors.ts';
import type { GroupItem } from './group-items.ts';
import { selectGroupsView } from './groups-selectors.ts';
import { searchWords } from './match-functions.ts';

interface MemberRowProps {
  readonly hostId: string;
  readonly index: number;
  readonly isActive: boolean;
  readonly item: GroupItem & { readonly type: 'member' };
}

/** One member of a group. */
export const MemberRow = memo(function MemberRow(props: MemberRowProps) {
  const { hostId, index, isActive, item } = props;
  const dispatch = useAppDispatch();
  const fn = useAppSelector((state) => selectFunction(state, hostId, item.member));
  const form = useAppSelector(selectAddressForm);
  const search = useAppSelector((state) => selectGroupsView(state, hostId).search);
  const words = searchWords(search);
  const choose = () => {
    dispatch(functionSelected(hostId, item.member));
    dispatch(inspectorRevealed());
  };
  return (
    <div
      id={`line-${index}`}
      role="row"
      aria-level={2}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      className="member-grid member-row"
      data-last={item.isLast}
      data-match={item.isMatch}
      data-stays={fn?.isHostPart === true}
      onClick={choose}
    >
      <span role="gridcell" className="member-row__address address">
        <KindIcon kind={fn?.kind ?? 'other'} size={15} />
        <Highlight text={writeAddress(item.member, form)} words={words} />
      </span>
      {fn === undefined ? (
        <span role="gridcell" className="cell">
          on another bus
        </span>
      ) : (
        <FunctionCells hostId={hostId} fn={fn} words={words} />
      )}
    </div>
  );
});

interface FunctionCellsProps {
  readonly hostId: string;
  readonly fn: FunctionView;
  readonly words: readonly string[];
}

function FunctionCells({ hostId, fn, words }: FunctionCellsProps) {
  const driver = useAppSelector((state) => selectDriverWord(state, hostId, fn.bdf));
  return (
    <>
      <span role="gridcell" className="cell" title={`${fn.name}, ${fn.vendorName}`}>
        <Highlight text={fn.name} words={words} />
        {fn.isBootVga ? <span className="tag">boot display</span> : null}
      </span>
      <span role="gridcell" className="cell col-class" title={fn.className}>
        {fn.className}
      </span>
      <span role="gridcell" className="cell member-row__driver">
        {fn.driver === undefined ? (
          <span className="dim">{driver}</span>
        ) : (
          <Highlight text={fn.driver} words={words} />
        )}
        {staysInPlace(fn) ? (
          <span
            className="tag"
            title="Bridges stay with their driver when the group moves, and parts of the chipset that no driver uses stay as they are"
          >
            stays
          </span>
        ) : null}
      </span>
      <span role="gridcell" className="cell col-role" title={fn.role}>
        {fn.role}
      </span>
      <span role="gridcell" className="cell col-reset">
        {resetWords(fn)}
      </span>
      <span role="gridcell" className="cell col-numa">
        {fn.numaNode ?? '–'}
      </span>
      <span role="gridcell" className="cell col-slot" title={fn.label ?? fn.physicalSlot}>
        {fn.label ?? fn.physicalSlot ?? '–'}
      </span>
    </>
  );
}

function resetWords(fn: FunctionView): string {
  if (fn.resetMethods === undefined) return fn.isHostPart ? '–' : 'not known';
  return fn.resetMethods.length === 0 ? 'none' : fn.resetMethods.join(', ');
}
