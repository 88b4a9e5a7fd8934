import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { planBoot } from '../../../../main/binding/boot/plan-boot.ts';
import { openBootChroot, type BootChroot } from '../../../support/boot-chroot.ts';
import { BOOT_FUNCTIONS, BOOT_OPTIONS, bootFacts, readFolder } from '../../../support/boot-tree.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const FIXTURES = `${import.meta.dirname}/../../../fixtures/boot`;
const LIST =
  '0000:01:00.0 10de:2204 1043:87d7 030000 4 vfio-pci\n' +
  '0000:01:00.1 10de:1aef 1043:87d7 040300 - vfio-pci\n';
const DRIVERS = ['vfio', 'vfio-pci', 'vfio-pci-core', 'vfio_iommu_type1'];

let debian: BootChroot;
beforeAll(async () => {
  debian = await openBootChroot();
});
afterAll(() => debian.close());

describe('initramfs-tools of Debian 13', () => {
  beforeAll(async () => {
    putChanges('initramfs-tools');
    await debian.run(`mkinitramfs -o /tmp/tools.img ${debian.kernelRelease} 2>&1`);
    await debian.run('mkdir -p /tmp/tools && unmkinitramfs /tmp/tools.img /tmp/tools');
  });

  it('packs the list, the drivers, modprobe and the script, unchanged', async () => {
    expect(await debian.run('cd /tmp/tools; cat etc/airlock/bind.list')).toBe(LIST);
    const script = await debian.run('cat /tmp/tools/scripts/init-top/00-airlock');
    expect(script).toBe(BOOT_OPTIONS.constants['initramfs-tools-bind']);
    expect(await vfioModules('/tmp/tools')).toEqual(DRIVERS);
    await debian.run('cd /tmp/tools/usr; test -x sbin/modprobe -o -L sbin/modprobe');
  });

  it('runs the script before udev', async () => {
    const order = await debian.run('grep "^/scripts" /tmp/tools/scripts/init-top/ORDER');
    const scripts = [...order.matchAll(/init-top\/(\S+)/g)].map(([, name]) => name);
    expect(scripts[0]).toBe('00-airlock');
    expect(scripts).toContain('udev');
  });

  it('has a modprobe inside the image that knows what to load', async () => {
    const show = `chroot /tmp/tools modprobe --show-depends -S ${debian.kernelRelease} vfio-pci`;
    expect(moduleNames(await debian.run(show)).at(-1)).toBe('vfio-pci');
  });

  it('packs nothing of Airlock where the list is empty', async () => {
    debian.put('etc/airlock/bind.list', '');
    await debian.run(`mkinitramfs -o /tmp/none.img ${debian.kernelRelease} 2>&1`);
    const names = (await debian.run('lsinitramfs /tmp/none.img')).split('\n');
    expect(names).not.toContain('etc/airlock/bind.list');
    expect(names.filter((name) => name.includes('vfio-pci'))).toEqual([]);
  });
});

describe('dracut of Debian 13', () => {
  it.each(['--no-hostonly', '--hostonly'])('packs all with %s', async (mode) => {
    putChanges('dracut-hostonly-grubby');
    const image = `/tmp/dracut${mode}.img`;
    await debian.run(`dracut ${mode} -f ${image} ${debian.kernelRelease} 2>&1`);
    const folder = `/tmp/unpacked${mode}`;
    await debian.run(`mkdir -p ${folder} && cd ${folder} && lsinitrd --unpack ${image} 2>&1`);
    expect(await debian.run(`cat ${folder}/etc/airlock/bind.list`)).toBe(LIST);
    const hook = await debian.run(
      `cat ${folder}/var/lib/dracut/hooks/pre-udev/00-airlock-bind.sh ${folder}/usr/lib/dracut/hooks/pre-udev/00-airlock-bind.sh 2>/dev/null || :`,
    );
    expect(hook).toContain(BOOT_OPTIONS.constants['dracut-bind']);
    expect(await vfioModules(folder)).toEqual(DRIVERS);
    const show = `chroot ${folder} modprobe --show-depends -S ${debian.kernelRelease} vfio-pci`;
    expect(moduleNames(await debian.run(show)).at(-1)).toBe('vfio-pci');
  });
});

describe('grub-mkconfig of Debian 13', () => {
  it('puts the arguments of the drop-in into entries, and not into those for recovery', async () => {
    const lines = await grubLines('initramfs-tools');
    expect(lines.filter((line) => line.endsWith('quiet intel_iommu=on'))).not.toEqual([]);
    const recovery = lines.filter((line) => line.includes('single'));
    expect(recovery.filter((line) => line.includes('intel_iommu'))).toEqual([]);
    expect(recovery).not.toEqual([]);
  });

  it('makes one entry more, the last, without the changes', async () => {
    debian.put('etc/default/grub.d/saved.cfg', 'GRUB_DEFAULT=saved\nGRUB_SAVEDEFAULT=true\n');
    const lines = (await grubLines('initramfs-tools')).filter((line) => line !== '');
    expect(lines.filter((line) => line.includes('airlock.disable'))).toEqual([lines.at(-1)]);
    expect(lines.at(-1)).toMatch(/ airlock\.disable\s+quiet$/);
    const made = await debian.run('cat /tmp/grub.cfg');
    const titles = made.match(/^\s*menuentry .*$/gm) ?? [];
    expect(titles.filter((title) => title.includes('Airlock'))).toEqual([titles.at(-1)]);
    expect(titles.at(-1)).toMatch(
      /^menuentry 'Without Airlock: .*' .*\$menuentry_id_option airlock-disable \{$/,
    );
    const entries = made.split(/^(?=\s*menuentry )/m);
    expect(entries.at(1)).toMatch(/^\s*savedefault$/m);
    expect(entries.at(-1)).not.toMatch(/^\s*savedefault$/m);
    await debian.run('rm /etc/default/grub.d/saved.cfg');
  });

  it('makes no entry where there is none to repeat', async () => {
    debian.put('etc/grub.d/empty/10_linux', '#!/bin/sh\nexit 1\n', 0o755);
    const made = await debian.run(
      'cd /etc/grub.d/empty; cp ../99_airlock .; ./99_airlock; rm -r ../empty',
    );
    expect(made).toBe('');
  });

  it('puts the changed line of /etc/default/grub into entries', async () => {
    await debian.run('rm /etc/default/grub.d/airlock.cfg');
    const lines = await grubLines('no-initramfs');
    const line = 'quiet splash vfio-pci.ids=10de:2204,10de:1aef intel_iommu=on';
    expect(lines.filter((text) => text.endsWith(line))).not.toEqual([]);
  });
});

describe('parsers', () => {
  it.each([
    ['mkinitcpio-busybox-systemd-boot', 'etc/initcpio/hooks/airlock', 'dash -n'],
    ['mkinitcpio-busybox-systemd-boot', 'etc/initcpio/install/airlock', 'bash -n'],
    ['mkinitcpio-systemd-uki', 'etc/initcpio/install/airlock', 'bash -n'],
    ['mkinitcpio-busybox-systemd-boot', 'etc/mkinitcpio.conf.d/airlock.conf', 'bash -n'],
  ])('of shells accept %s %s', async (fixture, path, parser) => {
    putChanges(fixture);
    await debian.run(`test -s /${path} && ${parser} /${path}`);
  });

  it.each([
    ['mkinitcpio-systemd-uki', 'airlock-bind.service'],
    ['initramfs-tools', 'airlock-revert.service'],
  ])('of systemd accept the unit of %s: %s', async (fixture, unit) => {
    putChanges(fixture);
    // What the unit starts lies elsewhere on a host: only what is said of its own lines counts.
    const said = await debian.run(`systemd-analyze verify /etc/systemd/system/${unit} 2>&1 || :`);
    expect(said).not.toMatch(/Unknown|Invalid|Failed to parse|ignoring/i);
    expect(await debian.run(`test -s /etc/systemd/system/${unit} && echo there`)).toBe('there\n');
  });

  it('of bootctl reads the changed entry', async () => {
    putChanges('mkinitcpio-busybox-systemd-boot');
    const list = await debian.run(
      // It wants a file system of its own, which a namespace can have.
      'mkdir -p /esp; mount -t tmpfs esp /esp; cp -r /boot/loader /esp; : >/esp/vmlinuz-linux; ' +
        'SYSTEMD_RELAX_ESP_CHECKS=1 bootctl list --esp-path=/esp --no-pager 2>&1',
    );
    expect(list).toContain('options: root=UUID=x rw intel_iommu=on');
  });
});

describe('ukify of Debian 13', () => {
  it('puts the changed line of /etc/kernel/cmdline into a unified image', async () => {
    putChanges('dracut-generic-uki');
    const shown = await debian.run(
      // The line is what counts: a loader takes the place of the kernel.
      'ukify build --linux=/usr/lib/systemd/boot/efi/systemd-bootx64.efi --uname=6.12 ' +
        '--os-release=ID=debian --cmdline=@/etc/kernel/cmdline --output=/tmp/u.efi >/dev/null 2>&1; ' +
        'ukify inspect /tmp/u.efi',
    );
    expect(shown).toMatch(/\.cmdline:[^.]*root=UUID=x rw quiet intel_iommu=on\n/);
  });
});

/** Plants a host of the fixtures, then every file that its plan writes. */
function putChanges(fixture: string): void {
  const before = readFolder(`${FIXTURES}/${fixture}/before`);
  const plan = planBoot(bootFacts(before), BOOT_FUNCTIONS, BOOT_OPTIONS);
  if (!plan.ok) throw new Error(plan.error.message);
  for (const [path, text] of Object.entries(before)) {
    if (/^(etc\/default|boot\/loader)\//.test(path)) debian.put(path, text);
  }
  for (const { path, after } of plan.value.changes) debian.put(path, after ?? '', 0o755);
}

async function vfioModules(folder: string): Promise<readonly string[]> {
  const found = await debian.run(`find ${folder}/ -name 'vfio*.ko*'`);
  return [...new Set(moduleNames(found))].toSorted();
}

function moduleNames(text: string): readonly string[] {
  return [...text.matchAll(/([\w-]+)\.ko/g)].map(([, name = '']) => name);
}

/** What the entries of a made configuration start Linux with. */
async function grubLines(fixture: string): Promise<readonly string[]> {
  putChanges(fixture);
  await debian.run(`: >/boot/vmlinuz-${debian.kernelRelease}`);
  // The unpacked root lies on no disk, and GRUB asks for one: the rest of its programs is real.
  debian.put('usr/sbin/grub-probe', '#!/bin/sh\necho /dev/sda1\n', 0o755);
  const made = await debian.run(
    // Its picture is set up by a script of the package.
    'chmod -x /etc/grub.d/05_debian_theme; ' +
      'grub-mkconfig -o /tmp/grub.cfg >/tmp/grub.log 2>&1 || { cat /tmp/grub.log; exit 1; }; ' +
      'grub-script-check /tmp/grub.cfg; grep -E "^[[:space:]]*linux" /tmp/grub.cfg || :',
  );
  return made.split('\n').map((line) => line.trimEnd());
}
