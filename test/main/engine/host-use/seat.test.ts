import { describe, expect, it } from 'vitest';
import { unreadable } from '../../../../shared/fact.ts';
import type { FunctionDetails } from '../../../../shared/host.ts';
import type { InputDevice, SeatFacts } from '../../../../shared/seat.ts';
import type { UserFacts } from '../../../../shared/users.ts';
import { details } from '../../../support/details.ts';
import { bdf, makeHost, type FunctionNotation } from '../../../support/host-notation.ts';
import { machine, NOT_RECORDED } from '../../../support/machine.ts';
import { findings, wish } from '../../../support/wish.ts';

const GPU = '01:00.0';
const OTHER_GPU = '02:00.0';
const USB = '03:00.0';
const SOUND = '04:00.0';

function functions(gpu: Partial<FunctionDetails> = {}): readonly FunctionNotation[] {
  return [
    {
      at: GPU,
      classCode: 0x030000,
      ids: [0x10de, 1],
      details: details({ driver: 'nouveau', ...gpu }),
    },
    { at: OTHER_GPU, classCode: 0x030000, ids: [0x8086, 2], details: details({ driver: 'i915' }) },
    { at: USB, classCode: 0x0c0330, ids: [0x8086, 3], details: details({ driver: 'xhci_hcd' }) },
    {
      at: SOUND,
      classCode: 0x040300,
      ids: [0x8086, 4],
      details: details({ driver: 'snd_hda_intel', children: ['sound/card1'] }),
    },
  ];
}

const LOADED = ['nouveau', 'nvidia', 'i915', 'xhci_hcd', 'snd_hda_intel', 'amdgpu'];

function check(
  at: string,
  facts: {
    readonly seat?: Partial<SeatFacts>;
    readonly users?: Partial<UserFacts>;
    readonly gpu?: Partial<FunctionDetails>;
    readonly without?: readonly string[];
  } = {},
) {
  const { seat = {}, users = {}, gpu = {}, without = [] } = facts;
  const host = makeHost({
    functions: functions(gpu).filter((fn) => !without.includes(fn.at)),
    machine: machine({ seat, users, loadedModules: LOADED }),
  });
  return wish(host, at);
}

describe('displays', () => {
  it('a GPU beside another one costs nothing', () => {
    expect([check(GPU).verdict, findings(check(GPU))]).toEqual(['ready', []]);
  });

  it('a 3D controller without connectors is no display of the host', () => {
    const compute = { at: GPU, classCode: 0x030200, details: details({ driver: 'nouveau' }) };
    const host = makeHost({ functions: [compute], machine: machine({ loadedModules: LOADED }) });
    expect(findings(wish(host, GPU))).toEqual([]);
  });

  it('the only one is a risk', () => {
    const answer = check(GPU, { without: [OTHER_GPU] });
    expect(findings(answer)).toEqual(['risk only-display']);
  });

  it.each<[string, Partial<FunctionDetails>, Partial<SeatFacts>, readonly string[]]>([
    ['by boot_vga', { isBootVga: true }, {}, ['risk boot-display']],
    ['by boot_display', {}, { bootDisplays: [bdf(GPU)] }, ['risk boot-display']],
    ['by neither', { isBootVga: false }, { bootDisplays: [bdf(OTHER_GPU)] }, []],
    ['unknown', { isBootVga: unreadable('EIO') }, {}, ['risk boot-display']],
  ])('the display of the firmware: %s', (_name, gpu, seat, expected) => {
    expect(findings(check(GPU, { gpu, seat }))).toEqual(expected);
  });

  const connector = (status: string, isEnabled: boolean) => [
    { name: 'card0-HDMI-A-1', path: [bdf(GPU)], status, isEnabled },
  ];
  it.each<[string, SeatFacts['connectors'], readonly string[]]>([
    ['in use', connector('connected', true), ['risk screen-in-use']],
    ['connected only', connector('connected', false), ['note screen-connected']],
    ['not there', connector('disconnected', false), []],
    ['unknown', NOT_RECORDED, ['note screens-unknown']],
  ])('a screen that is %s', (_name, connectors, expected) => {
    expect(findings(check(GPU, { seat: { connectors } }))).toEqual(expected);
  });

  const range = {
    holder: 'BOOTFB',
    within: undefined,
    startAddress: '0xd0000000',
    endAddress: '0xd02fffff',
  };
  const bars = [
    {
      index: 1,
      startAddress: '0xd0000000',
      sizeBytes: 0x1000_0000,
      kind: 'memory',
      is64Bit: false,
    },
  ] as const;
  it.each<[string, SeatFacts['framebuffers'], Partial<FunctionDetails>, readonly string[]]>([
    [
      'in one of its BARs',
      { ranges: [range], hasAddresses: true },
      { bars },
      ['risk framebuffer-holds-bar'],
    ],
    [
      'below it',
      { ranges: [{ ...range, within: bdf(GPU) }], hasAddresses: true },
      {},
      ['risk framebuffer-holds-bar'],
    ],
    ['elsewhere', { ranges: [{ ...range, within: bdf(OTHER_GPU) }], hasAddresses: true }, {}, []],
    [
      'not seen, with all addresses zero',
      { ranges: [], hasAddresses: false },
      {},
      ['note framebuffer-unknown'],
    ],
    ['not recorded', NOT_RECORDED, {}, ['note framebuffer-unknown']],
  ])('a firmware framebuffer %s', (_name, framebuffers, gpu, expected) => {
    expect(findings(check(GPU, { seat: { framebuffers }, gpu }))).toEqual(expected);
  });
});

describe('keyboards and mice', () => {
  const input = (at: string | undefined, more: Partial<InputDevice> = {}): InputDevice => ({
    name: 'Keyboard',
    path: at === undefined ? [] : [bdf(at)],
    isKeyboard: true,
    isMouse: false,
    isVirtual: false,
    ...more,
  });
  const mouse = { name: 'Mouse', isKeyboard: false, isMouse: true };

  it.each<[string, SeatFacts['inputs'], readonly string[]]>([
    ['the only keyboard', [input(USB)], ['risk only-keyboard']],
    [
      'the only keyboard and mouse',
      [input(USB), input(USB, mouse)],
      ['risk only-keyboard', 'risk only-mouse'],
    ],
    [
      'a keyboard beside one on PS/2',
      [input(USB), input(undefined, { name: 'AT' })],
      ['note keyboard-lost'],
    ],
    [
      'a keyboard beside one that a program made',
      [input(USB), input(undefined, { isVirtual: true })],
      ['risk only-keyboard'],
    ],
    ['no keyboard', [input(undefined)], []],
    ['nobody knows which', NOT_RECORDED, ['note input-unknown']],
  ])('a USB controller with %s', (_name, inputs, expected) => {
    expect(findings(check(USB, { seat: { inputs } }))).toEqual(expected);
  });

  it('names the other devices of a USB controller', () => {
    const usbDevices = [
      { name: '1-2', path: [bdf(USB)], ids: '046d:c52b' },
      { name: '3-1', path: [bdf(GPU)], ids: undefined },
    ];
    const answer = check(USB, { seat: { usbDevices } });
    expect(answer.findings).toMatchObject([
      { code: 'usb-lost', severity: 'note', title: 'The host loses 1 USB device on 03:00.0' },
    ]);
  });
});

describe('sound and open device nodes', () => {
  const open = (node: string) => ({
    openNodes: { nodes: [{ processId: 7, processName: 'Xorg', node }], isWhole: true },
  });

  it('a sound card is a note', () => {
    expect(findings(check(SOUND))).toEqual(['note audio-lost']);
  });

  const nouveau = { children: ['drm/card0', 'drm/renderD128'] };
  const nvidia = { driver: 'nvidia' };
  it.each<[string, string, Partial<FunctionDetails>, Partial<UserFacts>, readonly string[]]>([
    ['its card', GPU, nouveau, open('/dev/dri/card0'), ['risk device-open']],
    ['its render node', GPU, nouveau, open('/dev/dri/renderD128'), ['risk device-open']],
    ['the card of another', GPU, nouveau, open('/dev/dri/card1'), []],
    [
      'its sound control',
      SOUND,
      {},
      open('/dev/snd/controlC1'),
      ['risk device-open', 'note audio-lost'],
    ],
    ['the sound of another', SOUND, {}, open('/dev/snd/pcmC10D0p'), ['note audio-lost']],
    [
      'computing on AMD',
      GPU,
      { ...nouveau, driver: 'amdgpu' },
      open('/dev/kfd'),
      ['risk device-open'],
    ],
    ['what all NVIDIA GPUs share', GPU, nvidia, open('/dev/nvidiactl'), ['risk device-open']],
    [
      'another NVIDIA GPU',
      GPU,
      nvidia,
      { ...open('/dev/nvidia1'), nvidiaMinors: [{ bdf: bdf(GPU), minor: 0 }] },
      [],
    ],
    [
      'an NVIDIA GPU that nobody can tell apart',
      GPU,
      nvidia,
      { ...open('/dev/nvidia1'), nvidiaMinors: NOT_RECORDED },
      ['risk device-open'],
    ],
    ['nothing, as root', GPU, nouveau, {}, []],
    [
      'nothing of one’s own',
      GPU,
      nouveau,
      { openNodes: { nodes: [], isWhole: false } },
      ['note device-open-unknown'],
    ],
    ['nobody knows what', GPU, nouveau, { openNodes: NOT_RECORDED }, ['note device-open-unknown']],
  ])('a program has open %s', (_name, at, gpu, users, expected) => {
    expect(findings(check(at, { gpu, users }))).toEqual(expected);
  });

  it('says that the nvidia driver would wait for ever', () => {
    const [finding] = check(GPU, { gpu: nvidia, users: open('/dev/nvidia0') }).findings;
    expect(finding).toMatchObject({
      title: 'Xorg (7) has 01:00.0 open',
      evidence: 'proc/7/fd: /dev/nvidia0',
      text: 'Taking the card from the nvidia driver now would wait for ever. End these programs first, or bind at boot',
    });
  });
});
