import type { FactOrigin, StatedFact } from '../../shared/report.ts';
import type { Placed } from './place-functions.ts';
import type { FactName, Statements } from './stated-facts.ts';

const KEPT: readonly StatedFact[] = [
  'vendorId',
  'deviceId',
  'classCode',
  'subsystem',
  'revision',
  'driver',
  'group',
];

/** Where each fact that is kept of a function is from. */
export function originsOf(
  stated: Statements,
  placed: Placed | undefined,
  hasBytes: boolean,
): Partial<Record<StatedFact, FactOrigin>> {
  const origins: Partial<Record<StatedFact, FactOrigin>> = {};
  for (const fact of KEPT) {
    const origin = stated[fact as FactName]?.origin;
    if (origin) origins[fact] = origin;
  }
  if (hasBytes) {
    for (const fact of ['vendorId', 'deviceId', 'classCode', 'revision'] as const) {
      origins[fact] = 'config-space';
    }
  }
  const config = stated.config ?? stated.capabilities ?? stated.portType ?? stated.bridge;
  if (config) origins.config = config.origin;
  const length = stated.config?.value.length ?? 0;
  if (length > 256) origins.acs = 'config-space';
  else if (stated.capabilities?.value.depth === 3) origins.acs = stated.capabilities.origin;
  const bridge = length >= 64 ? 'config-space' : stated.bridge?.origin;
  if (bridge) origins.bridge = bridge;
  if (placed) origins.place = placed.origin;
  return origins;
}
