import { unreadable } from '../../shared/fact.ts';
import type { FunctionDetails } from '../../shared/host.ts';
import type { Statements } from './stated-facts.ts';

const NOT_RECORDED = unreadable('NOT_RECORDED');

/** The details that reports hold; all others were not recorded. */
export function makeDetails(stated: Statements, revision: number | undefined): FunctionDetails {
  return {
    ...UNRECORDED,
    revision: revision ?? stated.revision?.value ?? NOT_RECORDED,
    driver: stated.driver ? stated.driver.value : NOT_RECORDED,
    numaNode: stated.numaNode?.value ?? NOT_RECORDED,
    physicalSlot: stated.physicalSlot?.value,
  };
}

const UNRECORDED: FunctionDetails = {
  revision: NOT_RECORDED,
  driver: NOT_RECORDED,
  driverOverride: NOT_RECORDED,
  resetMethods: NOT_RECORDED,
  isBootVga: NOT_RECORDED,
  numaNode: NOT_RECORDED,
  d3coldAllowed: NOT_RECORDED,
  powerState: NOT_RECORDED,
  sriovTotalVfs: NOT_RECORDED,
  sriovNumVfs: NOT_RECORDED,
  isEnabled: NOT_RECORDED,
  localCpuList: NOT_RECORDED,
  label: NOT_RECORDED,
  acpiIndex: NOT_RECORDED,
  currentLinkSpeed: NOT_RECORDED,
  currentLinkWidth: NOT_RECORDED,
  maxLinkSpeed: NOT_RECORDED,
  maxLinkWidth: NOT_RECORDED,
  bars: NOT_RECORDED,
  children: [],
  physicalSlot: undefined,
};
