import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planFiles } from '../../../main/binding/plan/plan-files.ts';
import { planSchema } from '../../../shared/plan.ts';
import { readFolder } from '../../support/boot-tree.ts';
import { planBootOf } from '../../support/plan-boot-of.ts';
import { GPU_HOST } from '../../support/typical-hosts.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/boot');
const ON = { addresses: [], arguments: ['intel_iommu=on'] } as const;

const before = (name: string) => readFolder(join(FIXTURES, name, 'before'));

/** What the helper does of a plan for arguments alone, and what a person does. */
function partsOf(files: Readonly<Record<string, string>>, wish: Parameters<typeof planBootOf>[1]) {
  const plan = planBootOf(files, wish);
  if (!plan.ok) throw new Error(plan.error.message);
  const { steps, fileChanges, boot } = plan.value;
  return {
    steps: steps.map(({ line }) => line.replaceAll(/[0-9a-f]{64}/g, 'DIGEST')),
    byHand: fileChanges.flatMap(({ by, path }) => (by === 'hand' ? [path] : [])),
    instructions: boot?.instructions,
  };
}

const SWITCH = ['install revert-service absent', 'install revert-want absent'];

describe('a plan of kernel arguments alone', () => {
  it.each([
    [
      'initramfs-tools',
      ['install grub-entry absent', 'arguments grub absent intel_iommu=on', 'rebuild grub'],
    ],
    ['proxmox', ['arguments kernel-cmdline DIGEST intel_iommu=on', 'rebuild proxmox-boot-tool']],
    ['dracut-generic-uki', ['arguments kernel-cmdline DIGEST intel_iommu=on', 'rebuild dracut']],
    ['sdbootutil', ['arguments kernel-cmdline DIGEST intel_iommu=on', 'rebuild sdbootutil']],
  ])('is driven on %s, with the dead-man switch and nothing bound', (name, steps) => {
    expect(partsOf(before(name), ON)).toEqual({
      steps: ['timer boot 10', ...SWITCH, ...steps],
      byHand: [],
      instructions: [],
    });
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['booster-refind', ['boot/refind_linux.conf'], []],
    ['dracut-hostonly-grubby', [], ['grubby --update-kernel=ALL --args="intel_iommu=on"']],
    ['kernelstub', [], ['kernelstub -a "intel_iommu=on"']],
    ['rpm-ostree', [], ['rpm-ostree kargs --append-if-missing=intel_iommu=on']],
    ['mkinitcpio-limine', ['etc/default/limine'], ['limine-update']],
    [
      'nixos-by-id',
      ['etc/nixos/airlock.nix'],
      ['Add ./airlock.nix to imports in /etc/nixos/configuration.nix', 'nixos-rebuild boot'],
    ],
    ['unraid', [], ['Add "intel_iommu=on" to each append line of /boot/syslinux/syslinux.cfg']],
    [
      'truenas',
      [],
      ['Add "intel_iommu=on" to kernel_extra_options of midclt system.advanced.update'],
    ],
    ['no-initramfs', ['etc/default/grub'], ['grub-mkconfig -o /boot/grub/grub.cfg']],
  ])('is done by hand on %s', (name, byHand, instructions) => {
    expect(partsOf(before(name), ON)).toEqual({ steps: [], byHand, instructions });
  });

  it('reads as what it is, and keeps to its schema', () => {
    const plan = planBootOf(before('initramfs-tools'), ON);
    const files = new Map(
      plan.ok ? planFiles(plan.value).map(({ name, content }) => [name, content]) : [],
    );
    const text = files.get('plan.md') ?? '';
    expect(text).toContain('The kernel gets intel_iommu=on, and no driver changes.');
    expect(text).toContain('- The initramfs stays as it is: nothing is bound at boot.');
    expect(text).not.toMatch(/What moves|vfio-pci\.ids|always|undefined/);
    expect(text).toContain('entry more, the last one, "Without Airlock: …"');
    expect(text).toContain('in the line that begins with linux take out what was added');
    expect(text).toContain('Then restart the host, and look: `airlock status`');
    expect(planSchema.parse(JSON.parse(files.get('plan.json') ?? ''))).toEqual(
      plan.ok && plan.value,
    );
  });

  it('says how to look where all is done by hand', () => {
    const plan = planBootOf(before('kernelstub'), ON);
    const [, text] = plan.ok ? planFiles(plan.value).map(({ content }) => content) : [];
    expect(text).toContain('`cat /proc/cmdline` shows `intel_iommu=on`');
  });

  it('needs no initramfs to be known, and leaves the list of an earlier plan alone', () => {
    const files = {
      ...before('initramfs-tools'),
      'etc/kernel/postinst.d/dracut': '',
      'etc/airlock/bind.list': '0000:00:02.0 8086:3e92 1043:87d7 030000 - vfio-pci\n',
    };
    expect(partsOf(files, ON).steps.filter((line) => /^(list|function)/.test(line))).toEqual([]);
  });

  it('keeps what an earlier plan put into the drop-in of GRUB', () => {
    const own = 'GRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT intel_iommu=on"\n';
    const files = { ...before('initramfs-tools'), 'etc/default/grub.d/airlock.cfg': own };
    const wish = { addresses: [], arguments: ['video=efifb:off'] } as const;
    expect(partsOf(files, wish).steps).toContain(
      'arguments grub DIGEST intel_iommu=on video=efifb:off',
    );
  });

  it('has nothing to do where the running kernel has each argument', () => {
    const plan = planBootOf(before('initramfs-tools'), ON, { ...GPU_HOST, commandLine: ALREADY });
    expect(codesOf(plan)).toEqual(['nothing-to-do', 'nothing-to-do']);
  });

  it('is refused where a module of NixOS would lose what it binds', () => {
    const files = { ...before('nixos-by-id'), 'etc/nixos/airlock.nix': '{ }\n' };
    expect(codesOf(planBootOf(files, ON))).toEqual(['refused', 'unsupported']);
  });
});

const ALREADY = 'quiet intel_iommu=on';

function codesOf(plan: ReturnType<typeof planBootOf>): readonly string[] {
  if (plan.ok || !('reasons' in plan.error)) return [];
  return [plan.error.code, ...plan.error.reasons.map(({ code }) => code)];
}
