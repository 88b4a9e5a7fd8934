import { isUnreadable } from '../../shared/fact.ts';
import type { PciFunction } from '../../shared/host.ts';
import { FACT_ORIGINS, type ReportInfo, type StatedFact } from '../../shared/report.ts';
import type { ReportView } from '../../shared/view.ts';

type FactView = ReportView['facts'][number];

/** A sosreport has some hundred parts; the page shows them by kind. */
const MAX_PARTS = 1000;

/** What a report was recognised as, where its facts are from, and what it lacks. */
export function reportView(
  { parts, command }: ReportInfo,
  functions: readonly PciFunction[],
): ReportView {
  return {
    parts: parts.slice(0, MAX_PARTS).map(({ file, ...part }) => ({
      ...part,
      ...(file !== undefined && { file }),
    })),
    facts: SHOWN.map((shown) => factView(shown, functions)),
    ...(command !== undefined && { command }),
  };
}

interface ShownFact {
  readonly fact: FactView['fact'];
  readonly stated: StatedFact;
  /** Whether the report does not tell it of the function. Absent facts are told. */
  readonly isMissing: (fn: PciFunction) => boolean;
}

const SHOWN: readonly ShownFact[] = [
  {
    fact: 'ids',
    stated: 'deviceId',
    isMissing: ({ vendorId, deviceId }) => isUnreadable(vendorId) || isUnreadable(deviceId),
  },
  { fact: 'class', stated: 'classCode', isMissing: ({ classCode }) => isUnreadable(classCode) },
  { fact: 'driver', stated: 'driver', isMissing: ({ details }) => isUnreadable(details?.driver) },
  { fact: 'group', stated: 'group', isMissing: ({ iommuGroupId }) => isUnreadable(iommuGroupId) },
  { fact: 'acs', stated: 'acs', isMissing: lacksAcs },
  {
    fact: 'place',
    stated: 'place',
    isMissing: ({ inferred }) => inferred?.includes('topology') === true,
  },
];

function lacksAcs({ config }: PciFunction): boolean {
  return config === undefined || isUnreadable(config) || isUnreadable(config.acs);
}

function factView({ fact, stated, isMissing }: ShownFact, functions: readonly PciFunction[]) {
  const told = functions.filter((fn) => !isMissing(fn));
  const origins = FACT_ORIGINS.map((origin) => ({
    origin,
    count: told.filter((fn) => fn.origins?.[stated] === origin).length,
  })).filter(({ count }) => count > 0);
  return { fact, origins, missing: functions.length - told.length };
}
