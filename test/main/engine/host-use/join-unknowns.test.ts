import { describe, expect, it } from 'vitest';
import { joinUnknowns } from '../../../../main/engine/host-use/join-unknowns.ts';
import type { Finding, Severity } from '../../../../shared/verdict.ts';

const finding = (code: string, severity: Severity = 'note', subject = '0000:01:00.0'): Finding => ({
  code,
  severity,
  subjects: [subject],
  title: `Whether ${code} is not known`,
  text: 'How to know it',
  evidence: `${code}: not recorded`,
});

describe('missing facts', () => {
  it('stand alone while they are few', () => {
    const few = [finding('a-unknown'), finding('b'), finding('c-unknown')];
    expect(joinUnknowns(few)).toEqual(few);
  });

  it('become one note when a source lacks many, and none is lost', () => {
    const many = [
      finding('a-unknown'),
      finding('b'),
      finding('c-unknown', 'note', '0000:02:00.0'),
      finding('d-unknown'),
      finding('e-unknown', 'risk'),
    ];
    expect(joinUnknowns(many)).toEqual([
      finding('b'),
      finding('e-unknown', 'risk'),
      {
        code: 'facts-unknown',
        severity: 'note',
        subjects: ['0000:01:00.0', '0000:02:00.0'],
        title: '3 facts that may matter are not known',
        text: 'Whether a-unknown; Whether c-unknown; Whether d-unknown. To know it, take a snapshot as root: sudo airlock scan --out host.tar.gz',
        evidence: 'a-unknown: not recorded; c-unknown: not recorded; d-unknown: not recorded',
      },
    ]);
  });
});
