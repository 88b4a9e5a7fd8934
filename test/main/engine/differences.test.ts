import { describe, expect, it } from 'vitest';
import { groupingOf } from '../../../main/engine/compute-grouping.ts';
import { makeContext } from '../../../main/engine/context.ts';
import { findDifferences } from '../../../main/engine/differences.ts';
import type { Host } from '../../../shared/host.ts';
import {
  bdf,
  makeHost,
  type FunctionNotation,
  type HostNotation,
} from '../../support/host-notation.ts';

const PORT_ON: FunctionNotation = {
  at: '00:01.0',
  type: 'root-port',
  secondary: 1,
  acs: [0x1f, 0x1d],
};
const PORT_OFF: FunctionNotation = { ...PORT_ON, acs: [0x1f, 0x00] };
const PORT_WITHOUT: FunctionNotation = { at: '00:01.0', type: 'root-port', secondary: 1 };
const CARD: FunctionNotation = { at: '01:00.0', below: '00:01.0' };

function differencesOf(host: Host) {
  const context = makeContext(host);
  return findDifferences(context, groupingOf(context));
}

function codes(notation: HostNotation) {
  return differencesOf(makeHost(notation)).map(({ code, members }) => [code, ...members]);
}

const BOTH = [bdf('00:01.0'), bdf('01:00.0')];

describe('the kernel and the prediction are compared by partition', () => {
  it('agree whatever the numbers are', () => {
    expect(
      codes({ functions: [PORT_ON, CARD], observed: { '17': ['01:00.0'], '3': ['00:01.0'] } }),
    ).toEqual([]);
  });

  it('are not compared with the IOMMU off', () => {
    expect(
      codes({
        units: [],
        functions: [PORT_ON, CARD].map((fn) => ({ ...fn, iommu: undefined })),
        observed: {},
      }),
    ).toEqual([]);
  });

  it.each([
    [
      'ACS override: the option is given, and with it the prediction is what the kernel shows',
      {
        commandLine: 'quiet pcie_acs_override=downstream',
        functions: [PORT_WITHOUT, CARD],
        observed: { '0': ['00:01.0'], '1': ['01:00.0'] },
      },
      [['acs-override', ...BOTH]],
    ],
    [
      'an override that would not explain it is not named',
      {
        commandLine: 'pcie_acs_override=multifunction',
        functions: [PORT_WITHOUT, CARD],
        observed: { '0': ['00:01.0'], '1': ['01:00.0'] },
      },
      [['unexplained', ...BOTH]],
    ],
    [
      'GR-16: control bits that this kernel would have switched on',
      { functions: [PORT_OFF, CARD], observed: { '0': ['00:01.0'], '1': ['01:00.0'] } },
      [['acs-changed-after-boot', ...BOTH]],
    ],
    [
      'GR-16: bits that the command line keeps off, and that are on now',
      {
        commandLine: 'pci=disable_acs_redir=00:01.0',
        functions: [PORT_ON, CARD],
        observed: { '0': ['00:01.0', '01:00.0'] },
      },
      [['acs-changed-after-boot', ...BOTH]],
    ],
    [
      'GR-12: a quirk that only a back-port can have brought',
      {
        kernel: '6.13.5',
        functions: [{ ...PORT_WITHOUT, ids: [0x0014, 0x3c09] as const }, CARD],
        observed: { '0': ['00:01.0'], '1': ['01:00.0'] },
      },
      [['quirk-backport', ...BOTH]],
    ],
    [
      'a prediction that lacked an input',
      {
        functions: [
          { ...PORT_ON, acs: { state: 'unreadable', errno: 'TRUNCATED' } as const },
          CARD,
        ],
        observed: { '0': ['00:01.0'], '1': ['01:00.0'] },
      },
      [['input-unreadable', ...BOTH]],
    ],
    [
      'no evidence: unexplained',
      { functions: [PORT_ON, CARD], observed: { '0': ['00:01.0', '01:00.0'] } },
      [['unexplained', ...BOTH]],
    ],
    [
      'a covered function without a group',
      { functions: [PORT_ON, CARD], observed: { '0': ['00:01.0'] } },
      [['unexplained', bdf('01:00.0')]],
    ],
  ])('%s', (_name, notation, expected) => {
    expect(codes(notation as HostNotation)).toEqual(expected);
  });

  it('names the register that was changed', () => {
    const [difference] = differencesOf(
      makeHost({ functions: [PORT_OFF, CARD], observed: { '0': ['00:01.0'], '1': ['01:00.0'] } }),
    );
    expect(difference?.evidence).toBe(
      '0000:00:01.0: ACS control 0x0000 at 0x156, the kernel leaves 0x001d',
    );
  });
});
