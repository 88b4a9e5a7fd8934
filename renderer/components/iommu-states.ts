import type { IommuView } from '../../shared/view.ts';

interface IommuLook {
  readonly word: string;
  readonly tone: 'ready' | 'risky' | 'blocked' | 'unknown';
}

/** State of the IOMMU, in a word and a tone. */
export const IOMMU_STATES: Readonly<Record<IommuView['state'], IommuLook>> = {
  active: { word: 'IOMMU on', tone: 'ready' },
  off: { word: 'IOMMU off', tone: 'risky' },
  absent: { word: 'No IOMMU found', tone: 'blocked' },
  unseen: { word: 'IOMMU not visible', tone: 'unknown' },
};
