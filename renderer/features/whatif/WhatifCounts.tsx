import { IconArrowRight } from '@tabler/icons-react';
import type { WhatifReport } from '../../../shared/whatif-report.ts';
import { counted } from '../../components/counted.ts';

/** How many groups there are, and how large the largest is, before and after. */
export function WhatifCounts({ report }: { report: WhatifReport }) {
  const { before, after } = report;
  return (
    <p className="whatif-counts" role="status">
      <span>
        <strong>
          {before.basis === 'off' ? 'No groups' : counted(before.groups.length, 'group')}
        </strong>
        <small>{largest(before.groups)}</small>
      </span>
      <IconArrowRight size={18} stroke={1.7} aria-label="become" />
      <span>
        <strong>{counted(after.groups.length, 'group')}</strong>
        <small>{largest(after.groups)}</small>
      </span>
    </p>
  );
}

function largest(groups: WhatifReport['before']['groups']): string {
  if (groups.length === 0) return 'the IOMMU is off';
  const most = Math.max(...groups.map(({ members }) => members.length));
  return `largest: ${counted(most, 'function')}`;
}
