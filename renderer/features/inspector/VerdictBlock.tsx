import type { CheckView, GroupView } from '../../../shared/view.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { VerdictBadge } from '../../components/VerdictBadge.tsx';
import { VERDICTS } from '../../components/verdicts.ts';
import { selectShownVerdict } from '../hosts/hosts-selectors.ts';
import { groupSelected } from '../selection/selection-slice.ts';
import type { Answer } from './inspector-slice.ts';

interface VerdictBlockProps {
  readonly hostId: string;
  readonly group: GroupView | undefined;
  readonly check: Answer<CheckView> | undefined;
  /** The function on show; `undefined` where the group itself is. */
  readonly self: string | undefined;
}

/** The answer in one sentence, with the group it is about. */
export function VerdictBlock({ hostId, group, check, self }: VerdictBlockProps) {
  const dispatch = useAppDispatch();
  const ofGroup = useAppSelector((state) => selectShownVerdict(state, hostId, group?.id));
  const verdict = ofGroup === 'host-parts' ? ofGroup : (check?.value?.verdict ?? ofGroup);
  const sentence =
    check?.value?.sentence ??
    group?.sentence ??
    'No IOMMU covers this device, so it cannot be passed through.';
  const others = (group?.members.length ?? 1) - 1;
  return (
    <section className={`verdict-block tone-${VERDICTS[verdict].tone}`} aria-label="Verdict">
      <div className="verdict-block__head">
        <VerdictBadge verdict={verdict} />
        {group === undefined || self === undefined ? null : (
          <button
            type="button"
            className="link-button"
            onClick={() => dispatch(groupSelected(hostId, group.id))}
          >
            Group {group.id}
            {others === 0 ? ', alone' : ` with ${others.toLocaleString('en-US')} more`}
          </button>
        )}
      </div>
      <p className="verdict-block__sentence">{sentence}</p>
    </section>
  );
}
