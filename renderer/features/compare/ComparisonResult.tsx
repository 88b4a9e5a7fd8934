import type { CompareReport } from '../../../shared/compare-report.ts';
import { useAppSelector } from '../../app/hooks.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { DeviceChanges } from './DeviceChanges.tsx';
import { FactChanges } from './FactChanges.tsx';
import { GroupChanges } from './GroupChanges.tsx';
import { selectCompare, type Comparison } from './compare-slice.ts';

interface ComparisonResultProps {
  readonly hostId: string;
  readonly comparison: Comparison;
}

/** Both sides, then what differs: the host, its devices, its groups with the reasons. */
export function ComparisonResult({ hostId, comparison }: ComparisonResultProps) {
  const { report, text } = comparison;
  const { isAfter } = useAppSelector((state) => selectCompare(state, hostId));
  const sides = { hostId, report, isAfter };
  return (
    <>
      <div className="compare__head">
        <Side word="Before" side={report.before} isShown={!isAfter} />
        <Side word="After" side={report.after} isShown={isAfter} />
        <CopyButton label="Copy as text" text={text} />
      </div>
      {report.differs ? null : (
        <EmptyState
          title="No difference"
          text="Nothing that both sources tell differs: host, devices, drivers, groups."
        />
      )}
      <FactChanges report={report} />
      <DeviceChanges {...sides} />
      <GroupChanges {...sides} />
      {report.notCompared.length === 0 ? null : (
        <p className="dim">
          Not compared, since one of the two does not tell: {report.notCompared.join(', ')}.
        </p>
      )}
    </>
  );
}

interface SideProps {
  readonly word: string;
  readonly side: CompareReport['before'];
  readonly isShown: boolean;
}

function Side({ word, side, isShown }: SideProps) {
  const { title, name, kernel } = side;
  return (
    <div className="compare__side">
      <p className="dim">
        {word}
        {isShown ? ', this host' : ''}
      </p>
      <p className="compare__title">{title}</p>
      <p className="dim">
        {name === title ? '' : `${name}, `}kernel{' '}
        <span className="mono">{kernel ?? 'not known'}</span>
      </p>
    </div>
  );
}
