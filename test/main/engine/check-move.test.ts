import { describe, expect, it } from 'vitest';
import { checkMove } from '../../../main/engine/check-move.ts';
import { groupingOf } from '../../../main/engine/compute-grouping.ts';
import { makeContext } from '../../../main/engine/context.ts';
import type { Host } from '../../../shared/host.ts';
import { bdf, makeHost, type FunctionNotation } from '../../support/host-notation.ts';
import { details } from '../../support/details.ts';

const PORT: FunctionNotation = {
  at: '00:01.0',
  type: 'root-port',
  secondary: 1,
  acs: [0x1f, 0x1d],
  details: details({ driver: 'pcieport' }),
};
const GPU: FunctionNotation = {
  at: '01:00.0',
  below: '00:01.0',
  multifunction: true,
  classCode: 0x030000,
  details: details({ driver: 'nouveau' }),
};
const AUDIO: FunctionNotation = {
  at: '01:00.1',
  below: '00:01.0',
  classCode: 0x040300,
  details: details({ driver: 'snd_hda_intel' }),
};

function check(host: Host, ...asked: string[]) {
  const context = makeContext(host);
  const grouping = groupingOf(context);
  const { groups } = grouping;
  return checkMove(asked.map(bdf), context, grouping, (address) =>
    groups.find(({ members }) => members.includes(address)),
  );
}

describe('what giving a function to a VM means', () => {
  it('the other functions of the card come along, the port above is in another group', () => {
    const answer = check(makeHost({ functions: [PORT, GPU, AUDIO] }), '01:00.0');
    expect([answer.verdict, answer.sentence]).toEqual([
      'needs-companions',
      'Can be passed through. Moves with 01:00.1',
    ]);
    expect(answer.moves.map((move) => [move.bdf, move.isAsked])).toEqual([
      [bdf('01:00.0'), true],
      [bdf('01:00.1'), false],
    ]);
    expect(answer.stays).toEqual([]);
  });

  it('asked for all of them, nothing else moves', () => {
    const answer = check(
      makeHost({ functions: [PORT, GPU, AUDIO] }),
      '01:00.0',
      '01:00.1',
      '01:00.0',
    );
    expect([answer.verdict, answer.asked.length]).toEqual(['ready', 2]);
  });

  it('a bridge in the group stays with pcieport and does no harm', () => {
    const { acs: _acs, ...bare } = PORT;
    const answer = check(makeHost({ functions: [bare, GPU, AUDIO] }), '01:00.0');
    expect([answer.verdict, answer.stays.map(({ member, driver }) => [member, driver])]).toEqual([
      'needs-companions',
      [[bdf('00:01.0'), 'pcieport']],
    ]);
  });

  it('VG-2: a bridge on shpchp blocks the group since 5.19', () => {
    const bridge = { ...PORT, details: details({ driver: 'shpchp' }) };
    const { acs: _acs, ...bare } = bridge;
    const answer = check(makeHost({ functions: [bare, GPU, AUDIO] }), '01:00.0');
    expect([answer.verdict, answer.findings.map(({ code }) => code)]).toEqual([
      'blocked',
      ['member-blocks'],
    ]);
  });

  it.each([
    ['the boot display is a risk', { isBootVga: true }, 'risky', 'boot-display'],
    ['no way to reset is a risk', { resetMethods: [] }, 'risky', 'no-reset'],
    ['a network interface is a risk', { children: ['net/eth0'] }, 'risky', 'network-lost'],
    [
      'disks are a risk where no mount is known',
      { children: ['nvme/nvme0'] },
      'risky',
      'disk-lost',
    ],
    ['virtual functions have to go first', { sriovNumVfs: 4 }, 'blocked', 'vfs-enabled'],
  ])('%s', (_name, facts, verdict, code) => {
    const card = { ...GPU, multifunction: false, details: details({ driver: 'x', ...facts }) };
    const answer = check(makeHost({ functions: [PORT, card] }), '01:00.0');
    expect([answer.verdict, answer.findings.map((finding) => finding.code)]).toEqual([
      verdict,
      [code],
    ]);
  });

  it('a bridge cannot be passed on', () => {
    const answer = check(makeHost({ functions: [PORT, GPU, AUDIO] }), '00:01.0');
    expect([answer.verdict, answer.findings[0]?.code]).toEqual(['blocked', 'is-bridge']);
  });

  it('with the IOMMU off nothing can be passed on', () => {
    const off = [PORT, GPU, AUDIO].map((fn) => ({ ...fn, iommu: undefined }));
    const answer = check(makeHost({ units: [], functions: off }), '01:00.0');
    expect([answer.verdict, answer.findings[0]?.code]).toEqual(['blocked', 'iommu-off']);
  });

  it('a source that names no drivers gives no verdict', () => {
    const { details: _details, ...bare } = GPU;
    const answer = check(makeHost({ functions: [PORT, bare] }), '01:00.0');
    expect(answer.verdict).toBe('unknown');
  });
});
