import type { FunctionDetails } from '../../shared/host.ts';

/** Details of a function that nothing is said about but what a test names. */
export function details(facts: Partial<FunctionDetails> = {}): FunctionDetails {
  return {
    revision: 0,
    driver: undefined,
    driverOverride: undefined,
    resetMethods: ['flr'],
    isBootVga: undefined,
    numaNode: undefined,
    d3coldAllowed: undefined,
    powerState: undefined,
    sriovTotalVfs: undefined,
    sriovNumVfs: undefined,
    isEnabled: undefined,
    localCpuList: undefined,
    label: undefined,
    acpiIndex: undefined,
    currentLinkSpeed: undefined,
    currentLinkWidth: undefined,
    maxLinkSpeed: undefined,
    maxLinkWidth: undefined,
    bars: [],
    children: [],
    physicalSlot: undefined,
    ...facts,
  };
}
