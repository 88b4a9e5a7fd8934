import { describe, expect, it } from 'vitest';
import { splitByTerms } from '../../../renderer/components/split-by-terms.ts';

const marked = (texts: readonly string[]) =>
  splitByTerms(texts).map((pieces) =>
    pieces.map(({ text, term }) => (term === undefined ? text : `[${term}:${text}]`)).join(''),
  );

describe('words of the field in a text', () => {
  it('are explained at their first appearance only', () => {
    expect(marked(['The root port has ACS.', 'ACS of the root port is on.'])).toEqual([
      'The [rootPort:root port] has [acs:ACS].',
      'ACS of the root port is on.',
    ]);
  });

  it('are taken in their longest form', () => {
    expect(marked(['An IOMMU group needs an IOMMU; ACS override needs none.'])).toEqual([
      'An [iommuGroup:IOMMU group] needs an [iommu:IOMMU]; [acsOverride:ACS override] needs none.',
    ]);
  });

  it('leave a text without them as it is', () => {
    expect(marked(['Nothing here', ''])).toEqual(['Nothing here', '']);
  });
});
