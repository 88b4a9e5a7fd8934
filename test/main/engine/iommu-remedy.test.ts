import { describe, expect, it } from 'vitest';
import { findIommuRemedy } from '../../../main/engine/iommu-remedy.ts';
import { detectIommu } from '../../../main/engine/iommu-state.ts';
import { makeHost } from '../../support/host-notation.ts';

/** What to do, and the argument that is missing, for a host whose IOMMU is not on. */
function remedyOf(acpiTables: readonly string[], commandLine: string) {
  const host = { ...makeHost({ functions: [], units: [], acpiTables }), commandLine };
  const remedy = findIommuRemedy(host, detectIommu(host));
  return [remedy?.title, remedy?.argument];
}

describe('what switches the IOMMU on', () => {
  it.each([
    ['DMAR', 'quiet', 'Add intel_iommu=on to the kernel command line', 'intel_iommu=on'],
    ['DMAR', 'quiet intel_iommu=igfx_off', expect.stringContaining('Add'), 'intel_iommu=on'],
    ['DMAR', 'intel_iommu=on', 'Look for the reason in the kernel log', undefined],
    ['DMAR', 'intel_iommu=sm_on,on', 'Look for the reason in the kernel log', undefined],
    ['DMAR', 'intel_iommu=off', 'Take intel_iommu=off off the kernel command line', undefined],
    ['IVRS', 'quiet', 'Look for the reason in the kernel log', undefined],
    ['IVRS', 'iommu=off', 'Take iommu=off off the kernel command line', undefined],
    ['IORT', 'quiet', 'Look for the reason in the kernel log', undefined],
    ['VIOT', 'quiet', 'Load the virtio-iommu driver', undefined],
    ['MCFG', 'quiet', 'Switch it on in the firmware setup', undefined],
  ])('with %s and "%s" is: %s', (table, line, title, argument) => {
    expect(remedyOf([table], line)).toEqual([title, argument]);
  });

  it('is no argument on AMD, and says that amd_iommu=on is none', () => {
    const host = makeHost({ functions: [], units: [], acpiTables: ['IVRS'] });
    expect(findIommuRemedy(host, detectIommu(host))?.text).toContain(
      'No kernel argument is needed: amd_iommu=on is no value that the kernel knows',
    );
  });

  it('names what it was seen by, and says where the line could not be read', () => {
    const host = makeHost({ functions: [], units: [], acpiTables: ['DMAR'] });
    const unread = { ...host, commandLine: { state: 'unreadable', errno: 'EACCES' } as const };
    expect(findIommuRemedy({ ...host, commandLine: 'ro' }, detectIommu(host))?.text).toContain(
      '(no intel_iommu=on in proc/cmdline)',
    );
    expect(findIommuRemedy(unread, detectIommu(unread))?.text).toContain(
      '(proc/cmdline could not be read)',
    );
  });

  it('is nothing where it is on', () => {
    const host = makeHost({ functions: [], units: ['dmar0'] });
    expect(findIommuRemedy(host, detectIommu(host))).toBeUndefined();
  });
});
