/**
 * Holds written machines against the real tools, and keeps the table of what they said.
 *
 *     node setup.mjs run test/tools/vm-checks.ts [--write]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../support/vm-tools/ask-qemu.ts';
import { vmCases } from '../support/vm-tools/cases.ts';
import { checkVms, type CheckRow } from '../support/vm-tools/check-vms.ts';
import { canUseKvm } from '../support/vm-tools/embedded-libvirt.ts';

const TABLE = join(import.meta.dirname, '../main/vmconfig/tools/VM-CHECKS.md');

const root = mkdtempSync('/tmp/avm-');
try {
  const rows = await checkVms(await vmCases(), root);
  const text = await tableOf(rows);
  process.stdout.write(text);
  for (const { failures } of rows) for (const one of failures) process.stderr.write(`${one}\n`);
  if (process.argv.includes('--write')) writeFileSync(TABLE, text);
  process.exitCode = rows.every(({ failures }) => failures.length === 0) ? 0 : 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

async function tableOf(rows: readonly CheckRow[]): Promise<string> {
  const libvirt = (await run('virsh', ['--version'])).output.trim();
  const qemu = (await run('qemu-system-x86_64', ['--version'])).output.split('\n', 1)[0] ?? '';
  const kvm = canUseKvm()
    ? '`/dev/kvm` could be opened: libvirt converted the domains for KVM'
    : 'without `/dev/kvm`: libvirt converted the domains for emulation';
  return [
    '# What real tools said of written machines',
    '',
    'Written by `node setup.mjs run test/tools/vm-checks.ts --write`. The machines stand over the guests, their firmware,',
    'and the devices of recorded hosts (`test/support/vm-tools/cases.ts`); names and paths among them hold markup,',
    'commas and quotes.',
    '',
    `With libvirt ${libvirt} and ${qemu.replace(/^QEMU emulator version/, 'QEMU')}; ${kvm}.`,
    'No machine was started, and no device of a host was opened.',
    '',
    '| target | how verified | changed for the check | machines | refused | seconds |',
    '|---|---|---|---|---|---|',
    ...rows.map(
      ({ target, check, changes, cases, failures, seconds }) =>
        `| ${target} | ${check} | ${changes.join('; ') || 'nothing'} | ${cases} | ${failures.length} | ${seconds.toFixed(0)} |`,
    ),
    '',
    'What was changed is covered elsewhere: interfaces of virtual functions and NUMA nodes by the schema and the test',
    'driver, which see the domain as it is; properties of vfio-pci by a QEMU of their own; paths with markup, and mediated',
    'devices, which virt-install 4.1 cannot be told, by the output, which says so; escaping by',
    '`test/main/vmconfig/laws.test.ts`, over any host. The other targets are read by parsers of their languages',
    '(`further-targets.test.ts`). Domains and command lines for aarch64 were not held against any tool.',
    '',
  ].join('\n');
}
