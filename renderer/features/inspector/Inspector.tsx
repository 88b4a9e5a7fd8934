import { useDeferredValue } from 'react';
import { useAppSelector } from '../../app/hooks.ts';
import { selectFunction, selectGroup } from '../hosts/hosts-selectors.ts';
import { selectSelection } from '../selection/selection-selectors.ts';
import { FunctionPanel } from './FunctionPanel.tsx';
import { GroupPanel } from './GroupPanel.tsx';
import { InspectorEmpty } from './InspectorEmpty.tsx';
import { selectIsGone } from './inspector-selectors.ts';
import { PanelHead } from './PanelHead.tsx';

interface InspectorProps {
  readonly hostId: string;
  /** Set where the inspector slides over the page. */
  readonly onClose?: () => void;
}

/** Explains what is selected, on every page of a host. */
export function Inspector({ hostId, onClose }: InspectorProps) {
  const chosen = useAppSelector((state) => selectSelection(state, hostId));
  // The page follows the keys at once; the inspector may come a moment later.
  const selection = useDeferredValue(chosen);
  const bdf = selection?.kind === 'function' ? selection.bdf : '';
  const groupId = selection?.kind === 'group' ? selection.groupId : '';
  const fn = useAppSelector((state) => selectFunction(state, hostId, bdf));
  const group = useAppSelector((state) => selectGroup(state, hostId, groupId));
  const isGone = useAppSelector((state) => selectIsGone(state, hostId, selection));
  const close = onClose === undefined ? {} : { onClose };
  if (fn !== undefined) return <FunctionPanel key={bdf} hostId={hostId} fn={fn} {...close} />;
  if (group !== undefined) {
    return <GroupPanel key={groupId} hostId={hostId} group={group} {...close} />;
  }
  if (selection === undefined) return <InspectorEmpty />;
  if (isGone) return <GonePanel name={bdf === '' ? `Group ${groupId}` : bdf} {...close} />;
  return <OtherPanel name={bdf} {...close} />;
}

/** What was selected in an earlier reading; the selection stays, in case it comes back. */
function GonePanel({ name, onClose }: { name: string; onClose?: () => void }) {
  const close = onClose === undefined ? {} : { onClose };
  return (
    <div className="inspector">
      <PanelHead title={name} {...close} />
      <p className="inspector__lead">
        It went away since it was selected: the latest reading of the host does not have it.
      </p>
    </div>
  );
}

/** Members of other buses, and the functions that no IOMMU covers. */
function OtherPanel({ name, onClose }: { name: string; onClose?: () => void }) {
  const isMember = name !== '';
  const close = onClose === undefined ? {} : { onClose };
  return (
    <div className="inspector">
      <PanelHead title={isMember ? name : 'Not covered'} {...close} />
      <p className="inspector__lead">
        {isMember
          ? 'This member of the group is not a PCI function. The kernel lists it in the group; it moves with the group or blocks it.'
          : 'These functions lie outside of every IOMMU. Their memory accesses are not translated, so the kernel gives them no group and VFIO cannot pass them to a VM.'}
      </p>
    </div>
  );
}
