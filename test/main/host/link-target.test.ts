import { describe, expect, it } from 'vitest';
import { isDisplacedSysfsLink, resolveLink } from '../../../main/host/link-target.ts';
import { quoteName } from '../../../main/host/quote-name.ts';

describe('resolveLink', () => {
  it.each([
    ['sys/bus/pci/devices', '../../../devices/pci0000:00', 'sys/devices/pci0000:00'],
    ['sys', './/kernel/./x/', 'sys/kernel/x'],
    ['', 'sys', 'sys'],
    ['a/b', '../..', ''],
    ['a/b', '../../..', undefined],
    ['a/b', '/etc/passwd', undefined],
  ])('from "%s" the link %s means %s', (directory, target, path) => {
    expect(resolveLink(directory, target)).toBe(path);
  });
});

describe('isDisplacedSysfsLink', () => {
  it.each([
    ['../../../../bus/pci/drivers/nvme', true],
    ['../../../../kernel/iommu_groups/7', true],
    ['../../../../etc/passwd', false],
    ['../../bus/../../etc/passwd', false],
    ['/bus/pci', false],
  ])('%s: %s', (target, isDisplaced) => {
    expect(isDisplacedSysfsLink(target)).toBe(isDisplaced);
  });
});

describe('quoteName', () => {
  it('keeps a message on one line of a terminal', () => {
    expect(quoteName('a\nb\u001b[2J\u202ec\u2028d')).toBe('a\\nb\\u{1b}[2J\\u{202e}c\\u{2028}d');
    expect(quoteName('x'.repeat(1000))).toBe(`${'x'.repeat(80)}…${'x'.repeat(80)}`);
  });
});
