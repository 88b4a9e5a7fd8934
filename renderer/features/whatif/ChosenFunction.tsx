import type { WhatifReport } from '../../../shared/whatif-report.ts';
import { useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { counted } from '../../components/counted.ts';
import { selectFunction } from '../hosts/hosts-selectors.ts';
import { selectSelection } from '../selection/selection-selectors.ts';

interface ChosenFunctionProps {
  readonly hostId: string;
  readonly report: WhatifReport;
}

/** What the answer means for the function that the inspector shows: that is what people ask for. */
export function ChosenFunction({ hostId, report }: ChosenFunctionProps) {
  const selection = useAppSelector((state) => selectSelection(state, hostId));
  const bdf = selection?.kind === 'function' ? selection.bdf : '';
  const fn = useAppSelector((state) => selectFunction(state, hostId, bdf));
  if (fn === undefined) {
    return <p className="dim">Choose a function anywhere to see what this means for it.</p>;
  }
  const now = report.readdressed.find(({ from }) => from === bdf)?.to ?? bdf;
  return (
    <p className="whatif-chosen" role="status">
      <strong>
        <Address value={bdf} /> {fn.name}
      </strong>
      <span>
        {company(report.before.groups, bdf)} before, {company(report.after.groups, now)} after.
      </span>
    </p>
  );
}

function company(groups: WhatifReport['before']['groups'], bdf: string): string {
  const group = groups.find(({ members }) => members.includes(bdf));
  if (group === undefined) return 'in no group';
  const others = group.members.length - 1;
  return others === 0 ? 'alone in its group' : `in a group with ${counted(others, 'other')}`;
}
