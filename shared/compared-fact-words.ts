import type { CompareReport } from './compare-report.ts';

/** What people call the facts of a host that are compared. */
export const COMPARED_FACT_WORDS: Readonly<Record<CompareReport['facts'][number]['name'], string>> =
  {
    product: 'Product',
    board: 'Board',
    bios: 'BIOS',
    os: 'System',
    kernel: 'Kernel',
    iommu: 'IOMMU',
  };
