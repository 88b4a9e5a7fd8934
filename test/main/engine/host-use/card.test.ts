import { describe, expect, it } from 'vitest';
import { unreadable } from '../../../../shared/fact.ts';
import type { ConfigSpace, FunctionDetails } from '../../../../shared/host.ts';
import { details } from '../../../support/details.ts';
import { makeHost, type FunctionNotation } from '../../../support/host-notation.ts';
import { machine } from '../../../support/machine.ts';
import { findings, wish } from '../../../support/wish.ts';

const PORT: FunctionNotation = {
  at: '00:01.0',
  type: 'root-port',
  secondary: 1,
  acs: [0x1f, 0x1d],
  details: details({ driver: 'pcieport' }),
};

function card(more: Partial<FunctionNotation> = {}, facts: Partial<FunctionDetails> = {}) {
  return {
    at: '01:00.0',
    below: '00:01.0',
    ids: [0x10de, 0x2204],
    details: details({ driver: 'snd', ...facts }),
    ...more,
  } as const satisfies FunctionNotation;
}

function check(functions: readonly FunctionNotation[], kernel = '6.12.10', asked = '01:00.0') {
  const facts = machine({ loadedModules: ['snd'] });
  return wish(makeHost({ kernel, functions: [PORT, ...functions], machine: facts }), asked);
}

const FLR_CONFIG = {
  pcie: { offset: 0x40, portType: 'endpoint', hasFlr: true, forwardsAri: false },
};

describe('a reset', () => {
  const sibling = card({ at: '01:00.1', ids: [0x10de, 0x1aef] });
  const multi = { multifunction: true };
  it.each<[string, readonly FunctionNotation[], string, readonly string[]]>([
    ['that the kernel knows', [card()], '6.12.10', []],
    ['that was taken away', [card({}, { resetMethods: [] })], '6.12.10', ['risk no-reset']],
    [
      'of the bus, all functions of which move',
      [card(multi, { resetMethods: undefined }), sibling],
      '6.12.10',
      ['note reset-with-bus', 'note card-parts'],
    ],
    [
      'of the bus, which the kernel does not use on this device',
      [card({ ids: [0x10de, 0x22ce] }, { resetMethods: undefined })],
      '7.1.5',
      ['risk no-reset', 'note reset-limited'],
    ],
    [
      'on a root bus without any way',
      [card({ below: undefined as never, at: '00:02.0' }, { resetMethods: undefined })],
      '6.12.10',
      ['risk no-reset'],
    ],
    [
      'before 5.15, where the kernel says nothing',
      [card({}, { resetMethods: undefined })],
      '5.10.0',
      ['note reset-unknown'],
    ],
    [
      'not recorded',
      [card({}, { resetMethods: unreadable('NOT_RECORDED') })],
      '6.12.10',
      ['note reset-unknown'],
    ],
    [
      'not recorded, with the capability for it',
      [
        card(
          { config: { ...config(), ...FLR_CONFIG } as ConfigSpace },
          { resetMethods: unreadable('NOT_RECORDED') },
        ),
      ],
      '6.12.10',
      [],
    ],
    [
      'not recorded, on a device with one of its own',
      [card({ ids: [0x144d, 0xa804] }, { resetMethods: unreadable('NOT_RECORDED') })],
      '6.12.117',
      [],
    ],
    [
      'that users report as bad',
      [card({ ids: [0x1002, 0x67df] }, { resetMethods: ['bus'] })],
      '6.12.10',
      ['risk reset-reported-bad'],
    ],
    [
      'that users report as bad, with one for the device alone',
      [card({ ids: [0x1002, 0x67df] }, { resetMethods: ['device_specific', 'bus'] })],
      '6.12.10',
      ['note reset-reported-bad'],
    ],
    [
      'by FLR, which fails on this USB controller',
      [card({ ids: [0x1022, 0x149c] }, { resetMethods: ['bus'] })],
      '6.12.10',
      ['note reset-limited'],
    ],
  ])('%s', (_name, functions, kernel, expected) => {
    const asked = functions[0]?.at ?? '';
    const ofReset = [
      'no-reset',
      'reset-with-bus',
      'reset-unknown',
      'reset-limited',
      'reset-reported-bad',
      'card-parts',
    ];
    expect([...findings(check(functions, kernel, asked), ...ofReset)].sort()).toEqual(
      [...expected].sort(),
    );
  });

  it('cites the kernel or the reports', () => {
    const [limited] = check([card({ ids: [0x1022, 0x149c] })]).findings.filter(
      ({ code }) => code === 'reset-limited',
    );
    expect(limited).toMatchObject({
      title: 'The kernel does not use function level reset on 01:00.0',
      evidence: 'Linux drivers/pci/quirks.c, quirk_no_flr()',
    });
  });
});

function config(): ConfigSpace {
  return makeHost({ functions: [card()] }).functions[0]?.config as ConfigSpace;
}

describe('the parts of a card', () => {
  const own = { acs: [0, 0], multifunction: true } as const;
  const audio = card({ at: '01:00.1', classCode: 0x040300, ids: [0x10de, 0x1aef], ...own });
  const ucsi = card({ at: '01:00.3', classCode: 0x0c8000, ids: [0x10de, 0x1ad9], ...own });

  it('that go along are named', () => {
    const shared = { multifunction: true, classCode: 0x030000 };
    const answer = check([
      card(shared),
      card({ at: '01:00.1', classCode: 0x040300, ids: [0x10de, 1] }),
    ]);
    expect(answer.findings).toMatchObject([
      { code: 'only-display' },
      {
        code: 'card-parts',
        severity: 'note',
        title: 'The card has several functions: graphics 01:00.0 and audio 01:00.1',
      },
    ]);
  });

  it.each<[string, readonly string[], string]>([
    ['a note, where the card resets by function', ['flr'], 'note'],
    ['a risk, where it resets as a whole', ['bus'], 'risk'],
  ])('that are in groups of their own would be forgotten: %s', (_name, resetMethods, severity) => {
    const gpu = card({ ...own, classCode: 0x030000 }, { resetMethods });
    const [finding] = check([gpu, audio, ucsi]).findings.filter(
      ({ code }) => code === 'part-left-behind',
    );
    expect(finding).toMatchObject({
      severity,
      title: "The card's audio 01:00.1 and UCSI (USB-C) 01:00.3 would stay with the host",
      evidence: '01:00.1 driver: snd; 01:00.3 driver: snd',
    });
  });

  it('of another maker in the slot are no parts: an APU beside the host’s own USB', () => {
    const apu = card({ ...own, classCode: 0x030000, ids: [0x1002, 0x1681] });
    const usb = card({ at: '01:00.3', classCode: 0x0c0330, ids: [0x1022, 0x161d], ...own });
    expect(findings(check([apu, usb]), 'part-left-behind')).toEqual([]);
  });

  it('the ports of a network card are none either', () => {
    const port = { ...own, classCode: 0x020000 };
    expect(
      findings(check([card(port), card({ at: '01:00.1', ...port })]), 'part-left-behind'),
    ).toEqual([]);
  });

  it('that VFIO has already are not forgotten', () => {
    const claimed = { ...audio, details: details({ driver: 'vfio-pci' }) };
    expect(
      findings(check([card({ ...own, classCode: 0x030000 }), claimed]), 'part-left-behind'),
    ).toEqual([]);
  });

  it('a bridge of the group is said to stay', () => {
    const { acs: _acs, ...bare } = PORT;
    const host = makeHost({
      functions: [bare, card()],
      machine: machine({ loadedModules: ['snd'] }),
    });
    expect(wish(host, '01:00.0').findings).toMatchObject([
      {
        code: 'bridges-stay',
        severity: 'note',
        subjects: ['0000:00:01.0'],
        title: 'The bridge 00:01.0 of the group stays with the host',
      },
    ]);
  });
});

describe('identical ids', () => {
  it('elsewhere on the host make ids= take too much', () => {
    const [finding] = check([card(), card({ at: '02:00.0' })]).findings;
    expect(finding).toMatchObject({
      code: 'identical-ids',
      severity: 'note',
      title: '02:00.0 has the same ids as 01:00.0',
      evidence: 'vendor and device: 10de:2204',
    });
  });

  it.each<[string, readonly FunctionNotation[]]>([
    ['of a function that moves too', [card({ multifunction: true }), card({ at: '01:00.1' })]],
    [
      'of a bridge, which vfio-pci cannot take',
      [card(), { ...PORT, at: '00:02.0', ids: [0x10de, 0x2204] }],
    ],
    ['that could not be read', [card({ ids: [undefined, undefined] as never })]],
  ])('%s do no harm', (_name, functions) => {
    expect(findings(check(functions), 'identical-ids')).toEqual([]);
  });
});

describe('BARs', () => {
  const bar = (index: number, sizeBytes: number, is64Bit = true) =>
    ({ index, startAddress: '0x0', sizeBytes, kind: 'prefetchable-memory', is64Bit }) as const;

  it.each<[string, FunctionDetails['bars'], readonly string[]]>([
    ['small', [bar(0, 2 ** 28)], []],
    ['large', [bar(0, 2 ** 34), bar(2, 2 ** 25)], ['note large-bars']],
    ['large, but of virtual functions', [bar(7, 2 ** 34)], []],
    ['unknown', unreadable('EIO'), ['note bars-unknown']],
  ])('%s', (_name, bars, expected) => {
    expect(findings(check([card({}, { bars })]))).toEqual(expected);
  });

  it('say how large the window of the guest has to be', () => {
    expect(check([card({}, { bars: [bar(0, 2 ** 34)] })]).findings[0]).toMatchObject({
      title: 'The guest needs a 64-bit window of 32 GiB for its BARs',
      evidence: '01:00.0 resource: 64-bit BARs of 16 GiB',
    });
  });

  it('whose size can be chosen are named with both sizes', () => {
    const resizableBars = [{ index: 1, sizeBytes: 2 ** 28, largestBytes: 2 ** 34 }];
    const answer = check([card({ config: { ...config(), resizableBars } })]);
    expect(answer.findings).toMatchObject([
      {
        code: 'resizable-bar',
        severity: 'note',
        evidence: 'config, extended capability 0x0015: BAR 1 is 256 MiB, up to 16 GiB',
      },
    ]);
  });

  it('of a GPU that could not be read are said to be unknown', () => {
    const cut = { ...config(), resizableBars: unreadable('TRUNCATED') };
    const gpu = card({ classCode: 0x030000, config: cut });
    expect(findings(check([gpu]), 'resizable-bar-unknown')).toEqual(['note resizable-bar-unknown']);
  });
});

describe('deep sleep', () => {
  it.each<[string, Partial<FunctionDetails>, readonly string[]]>([
    ['with the power cut', { powerState: 'D3cold', d3coldAllowed: true }, ['risk d3cold']],
    [
      'with the power on, and allowed to go',
      { powerState: 'D3hot', d3coldAllowed: true },
      ['note d3cold'],
    ],
    ['with the power on for good', { powerState: 'D3hot', d3coldAllowed: false }, []],
    ['none', { powerState: 'D0', d3coldAllowed: true }, []],
  ])('%s', (_name, facts, expected) => {
    expect(findings(check([card({}, facts)]))).toEqual(expected);
  });
});

describe('virtual functions', () => {
  it('that are listed count where the file could not be read', () => {
    const pf = card({}, { sriovNumVfs: unreadable('EIO') });
    const vf = card({ at: '01:10.0', ids: [0x8086, 9], physicalFunction: '01:00.0', acs: [0, 0] });
    expect(check([pf, vf]).findings[0]).toMatchObject({
      code: 'vfs-enabled',
      severity: 'stop',
      evidence: '1 functions with a physfn link to it',
    });
  });
});

describe('Intel VMD', () => {
  const vmd = card({ at: '00:0e.0', below: undefined as never, ids: [0x8086, 0x9a0b] });
  const child = card({
    at: '10000:e1:00.0',
    below: undefined as never,
    vmdEndpoint: '00:0e.0',
    ids: [0x144d, 1],
  });

  it('a child cannot go alone', () => {
    const answer = check([vmd, child], '6.12.10', '10000:e1:00.0');
    expect(findings(answer)).toContain('risk vmd-child');
  });

  it('the endpoint takes everything behind it', () => {
    const [finding] = check([vmd, child], '6.12.10', '00:0e.0').findings.filter(
      ({ code }) => code === 'vmd-endpoint',
    );
    expect(finding).toMatchObject({ severity: 'risk', text: 'The host loses 10000:e1:00.0' });
  });
});
