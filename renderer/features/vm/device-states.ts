import type { VmDeviceState } from '../../../shared/vm-import.ts';

interface StateLook {
  readonly word: string;
  readonly tone: 'ready' | 'companions' | 'risky' | 'blocked';
}

/** How a device of an existing machine stands on a host. */
export const DEVICE_STATES: Readonly<Record<VmDeviceState, StateLook>> = {
  there: { word: 'There', tone: 'ready' },
  missing: { word: 'Missing', tone: 'blocked' },
  moved: { word: 'Moved', tone: 'blocked' },
  'half-a-group': { word: 'Half a group', tone: 'risky' },
  'not-viable': { word: 'Not viable', tone: 'blocked' },
};
