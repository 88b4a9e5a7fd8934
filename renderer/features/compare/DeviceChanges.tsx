import type { ComparedFunction, CompareReport } from '../../../shared/compare-report.ts';
import { ChangeTable, type ChangeRow } from './ChangeTable.tsx';
import { SideAddresses } from './SideAddresses.tsx';

export interface ComparedSides {
  readonly hostId: string;
  readonly report: CompareReport;
  /** Whether the host on show is the later one. */
  readonly isAfter: boolean;
}

/** Devices that came, went, moved or were replaced, and their drivers and ACS registers. */
export function DeviceChanges({ hostId, report, isAfter }: ComparedSides) {
  const before = (bdf: string) => <SideAddresses {...(!isAfter && { hostId })} members={[bdf]} />;
  const after = (bdf: string) => <SideAddresses {...(isAfter && { hostId })} members={[bdf]} />;
  const none = <span className="dim">not there</span>;
  const paired = (pair: CompareReport['replaced'][number], what: ChangeRow['what']) => ({
    key: `${pair.before.bdf} ${pair.after.bdf}`,
    what,
    before: before(pair.before.bdf),
    after: after(pair.after.bdf),
  });
  const moved = (kind: CompareReport['moved'][number]['kind']) =>
    report.moved
      .filter((pair) => pair.kind === kind)
      .map((pair) => paired(pair, <Named fn={pair.after} />));
  return (
    <>
      <ChangeTable
        title="Gone"
        subject="Device"
        rows={report.removed.map((fn) => ({
          key: fn.bdf,
          what: <Named fn={fn} />,
          before: before(fn.bdf),
          after: none,
        }))}
      />
      <ChangeTable
        title="New"
        subject="Device"
        rows={report.added.map((fn) => ({
          key: fn.bdf,
          what: <Named fn={fn} />,
          before: none,
          after: after(fn.bdf),
        }))}
      />
      <ChangeTable title="Moved to another slot" subject="Device" rows={moved('moved')} />
      <ChangeTable
        title="Same place, other bus number"
        subject="Device"
        rows={moved('renumbered')}
      />
      <ChangeTable
        title="Another device at the same place"
        subject="Place"
        rows={report.replaced.map((pair) => ({
          key: pair.after.bdf,
          what: after(pair.after.bdf),
          before: <Named fn={pair.before} />,
          after: <Named fn={pair.after} />,
        }))}
      />
      <ChangeTable
        title="Drivers"
        subject="Device"
        rows={report.drivers.map(({ function: fn, before: from, after: to }) => ({
          key: fn.bdf,
          what: (
            <>
              {after(fn.bdf)} <Named fn={fn} />
            </>
          ),
          before: from ?? 'no driver',
          after: to ?? 'no driver',
        }))}
      />
      <AcsChanges report={report} />
    </>
  );
}

function AcsChanges({ report }: { report: CompareReport }) {
  if (report.acs.length === 0) return null;
  return (
    <section>
      <h2 className="section-title">ACS registers</h2>
      <ul className="plain-list">
        {report.acs.map(({ function: fn, text }) => (
          <li key={`${fn.bdf} ${text}`}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

function Named({ fn }: { fn: ComparedFunction }) {
  return (
    <span>
      {fn.name} <span className="dim mono">{fn.ids}</span>
    </span>
  );
}
