import type { IommuView } from '../../shared/view.ts';

const WHY: Readonly<Record<IommuView['state'], string>> = {
  off: 'The IOMMU is off: these are the groups that this kernel would form with it on.',
  absent:
    'No IOMMU was found: these are the groups that this kernel would form with one that is on.',
  unseen:
    'This reading does not show whether the IOMMU is on: these are the groups that this kernel would form with it on.',
  active: 'These are the groups that this kernel would form with the IOMMU on.',
};

/** Says that groups are predicted for a kernel with its IOMMU on. */
export function AsIfOnBanner({ state }: { state: IommuView['state'] }) {
  return (
    <p className="banner" role="note">
      {WHY[state]}
    </p>
  );
}
