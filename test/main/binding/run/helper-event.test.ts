import { describe, expect, it } from 'vitest';
import { parseHelperLine } from '../../../../main/binding/run/helper-event.ts';

describe('a line of the helper', () => {
  it.each([
    ['receipt 000001-a1b2c3d4e5f60718', { kind: 'receipt', receipt: '000001-a1b2c3d4e5f60718' }],
    [
      'receipt 000001-a1b2c3d4e5f60718 applied',
      { kind: 'receipt', receipt: '000001-a1b2c3d4e5f60718', state: 'applied' },
    ],
    [
      'step 2 of 5 done driver 0000:01:00.0',
      { kind: 'step', number: 2, total: 5, phase: 'done', subject: 'driver 0000:01:00.0' },
    ],
    [
      'step 4 of 5 begin list ',
      { kind: 'step', number: 4, total: 5, phase: 'begin', subject: 'list ' },
    ],
    [
      'problem moved 0000:01:00.0 Another card is at 0000:01:00.0',
      {
        kind: 'problem',
        code: 'moved',
        subject: '0000:01:00.0',
        text: 'Another card is at 0000:01:00.0',
      },
    ],
    ['diff +a  b', { kind: 'diff', line: '+a  b' }],
    ['diff ', { kind: 'diff', line: '' }],
    [
      'function 0000:01:00.0 none vfio-pci',
      { kind: 'function', bdf: '0000:01:00.0', driver: 'none', planned: 'vfio-pci' },
    ],
    ['seconds-left 599', { kind: 'seconds-left', seconds: 599 }],
    ['waits-for boot', { kind: 'waits-for' }],
    [
      'argument intel_iommu=on missing',
      { kind: 'argument', word: 'intel_iommu=on', isThere: false },
    ],
    ['result applied', { kind: 'result', state: 'applied' }],
  ])('%s', (line, event) => {
    expect(parseHelperLine(line)).toEqual(event);
  });

  it.each([
    '',
    'hello',
    'receipt ../../etc',
    'receipt 000001-a1b2c3d4e5f60718 applied twice',
    'step 2 of many done x',
    'step 2 of 5 finished x',
    'problem moved 0000:01:00.0',
    'function 0000:01:00.0 none',
    'seconds-left soon',
    'result all fine',
    `diff ${'x'.repeat(9000)}`,
  ])('that is none: %s', (line) => {
    expect(parseHelperLine(line)).toBeUndefined();
  });
});
