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
export function DeviceChanges(sides: ComparedSides) {
  const { removed, added, moved } = sides.report;
  const pairs = (kind: (typeof moved)[number]['kind']) =>
    moved
      .filter((pair) => pair.kind === kind)
      .map((pair) => changeRow(sides, pair.after, pair.before.bdf, pair.after.bdf));
  const gone = removed.map((fn) => changeRow(sides, fn, fn.bdf, undefined));
  const fresh = added.map((fn) => changeRow(sides, fn, undefined, fn.bdf));
  return (
    <>
      <ChangeTable title="Gone" subject="Device" rows={gone} />
      <ChangeTable title="New" subject="Device" rows={fresh} />
      <ChangeTable title="Moved to another slot" subject="Device" rows={pairs('moved')} />
      <ChangeTable
        title="Same place, other bus number"
        subject="Device"
        rows={pairs('renumbered')}
      />
      <ReplacedDevices {...sides} />
      <Drivers {...sides} />
      <AcsChanges report={sides.report} />
    </>
  );
}

/** A device, with where it is on each side. */
function changeRow(
  { hostId, isAfter }: ComparedSides,
  fn: ComparedFunction,
  before: string | undefined,
  after: string | undefined,
): ChangeRow {
  const place = (bdf: string | undefined, isShown: boolean) =>
    bdf === undefined ? (
      <span className="dim">not there</span>
    ) : (
      <SideAddresses {...(isShown && { hostId })} members={[bdf]} />
    );
  return {
    key: `${before} ${after}`,
    what: <Named fn={fn} />,
    before: place(before, !isAfter),
    after: place(after, isAfter),
  };
}

function ReplacedDevices({ hostId, report, isAfter }: ComparedSides) {
  const rows = report.replaced.map(({ before, after }) => ({
    key: after.bdf,
    what: <SideAddresses {...(isAfter && { hostId })} members={[after.bdf]} />,
    before: <Named fn={before} />,
    after: <Named fn={after} />,
  }));
  return <ChangeTable title="Another device at the same place" subject="Place" rows={rows} />;
}

function Drivers({ hostId, report, isAfter }: ComparedSides) {
  const rows = report.drivers.map(({ function: fn, before, after }) => ({
    key: fn.bdf,
    what: (
      <>
        <SideAddresses {...(isAfter && { hostId })} members={[fn.bdf]} /> <Named fn={fn} />
      </>
    ),
    before: before ?? 'no driver',
    after: after ?? 'no driver',
  }));
  return <ChangeTable title="Drivers" subject="Device" rows={rows} />;
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
