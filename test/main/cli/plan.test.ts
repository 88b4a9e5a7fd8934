import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from '../../../main/cli/command-line.ts';
import { planRefusalSchema, planSchema } from '../../../shared/plan.ts';
import { buildTree } from '../../support/build-tree.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const SAMPLES = join(import.meta.dirname, '../../../assets/samples');
const CARD = join(SAMPLES, 'graphics-card.tar.gz');

let out: string;
let complaints: string;

beforeEach(() => {
  out = '';
  complaints = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation(
    (text) => ((complaints += String(text)), true),
  );
});

describe('airlock plan', () => {
  it('writes a folder whose parts say the same', async () => {
    const folder = join(temporaryDirectory(), 'new/plan');
    expect(await runCommandLine(['plan', '01:00.0', '--now', '--out', folder, CARD])).toBe(0);
    expect([out, complaints]).toEqual(['', expect.stringContaining(`to ${folder}: read plan.md`)]);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const plan = planSchema.parse(JSON.parse(read('plan.json')));
    expect(readdirSync(folder).sort()).toEqual([
      'do.sh',
      'plan.json',
      'plan.md',
      'steps.txt',
      'undo.sh',
    ]);
    expect(read('steps.txt').split('\n').slice(5, -2)).toEqual(plan.steps.map(({ line }) => line));
    for (const { line, undo } of plan.steps) {
      expect(read('plan.md')).toContain(`\`${line}\``);
      expect(read('plan.md')).toContain(undo);
    }
    expect([read('do.sh'), read('undo.sh')].every((text) => text.includes(plan.id))).toBe(true);
    expect(statSync(join(folder, 'do.sh')).mode & 0o777).toBe(0o755);
  });

  it('is the same for a program, and writes nothing', async () => {
    expect(await runCommandLine(['plan', '01:00.0', CARD, '--json'])).toBe(0);
    const plan = planSchema.parse(JSON.parse(out));
    expect([plan.boundTo, plan.timerMinutes, plan.moves.map(({ bdf }) => bdf)]).toEqual([
      { machine: 'any', boot: 'any', kernel: '7.2.13+deb14-amd64' },
      10,
      ['0000:01:00.0', '0000:01:00.1', '0000:01:00.2'],
    ]);
    expect(complaints).toBe('');
  });

  it('takes the minutes of the timer', async () => {
    await runCommandLine(['plan', '01:00.0', CARD, '--json', '--minutes', '3']);
    expect(planSchema.parse(JSON.parse(out)).steps[0]?.line).toBe('timer run 3');
  });

  it('ends with 1 and the reasons where the host stands against it', async () => {
    const source = join(SAMPLES, 'iommu-off.tar.gz');
    const folder = join(temporaryDirectory(), 'plan');
    expect(await runCommandLine(['plan', '01:00.0', '--out', folder, source])).toBe(1);
    expect(out).toContain('No plan:\n  The IOMMU is not on.');
    out = '';
    expect(await runCommandLine(['plan', '01:00.0', '--json', source])).toBe(1);
    const refusal = planRefusalSchema.parse(JSON.parse(out));
    expect(refusal.reasons.map(({ code }) => code)).toEqual(['iommu-off']);
  });

  it('names the argument that is missing, and plans it alone', async () => {
    const root = temporaryDirectory();
    buildTree(root, {
      functions: [{ bdf: '0000:00:02.0', config: { portType: 'rciep', classCode: 0x030000 } }],
      files: { 'sys/firmware/acpi/tables/DMAR': '', 'proc/cmdline': 'quiet\n' },
    });
    const folder = join(temporaryDirectory(), 'plan');
    expect(await runCommandLine(['plan', '00:02.0', '--out', folder, root])).toBe(1);
    const command = `airlock plan --boot --argument intel_iommu=on --out plan ${root}`;
    expect(out).toContain('this kernel waits to be told (no intel_iommu=on in proc/cmdline)');
    expect(out).toContain(`    First: ${command}\n`);
    const words = ['plan', '--boot', '--argument', 'intel_iommu=on', '--out', folder, root];
    expect(await runCommandLine([...words, '--now'])).toBe(2);
    expect(await runCommandLine(['plan', '--boot', '--out', folder, root])).toBe(2);
    expect(complaints.match(/No function is named/g)).toHaveLength(2);
    // A directory does not say what starts the host.
    expect(await runCommandLine(words)).toBe(1);
    expect(out).toContain('--loader with one of grub');
    expect(await runCommandLine([...words, '--loader', 'kernelstub'])).toBe(0);
    const byHand = readFileSync(join(folder, 'by-hand.txt'), 'utf8');
    expect(byHand).toBe('1. kernelstub -a "intel_iommu=on"\n');
  });

  it('names the override that a stop gives way to', async () => {
    const root = temporaryDirectory();
    const disk = 'sys/devices/pci0000:00/0000:00:02.0/nvme/nvme0/nvme0n1';
    buildTree(root, {
      iommu: 'dmar0',
      functions: [
        {
          bdf: '0000:00:02.0',
          driver: 'nvme',
          group: '1',
          config: { portType: 'rciep', classCode: 0x010802 },
          files: { driver_override: '(null)\n' },
        },
      ],
      files: {
        [`${disk}/dev`]: '259:0\n',
        'proc/self/mountinfo': '29 1 259:0 / / rw - ext4 /dev/nvme0n1 rw\n',
        'proc/swaps': 'Filename Type Size Used Priority\n',
      },
      links: {
        'sys/class/block/nvme0n1': `../../../${disk}`,
        'sys/block/nvme0n1': `../../${disk}`,
      },
    });
    expect(await runCommandLine(['plan', '00:02.0', '--json', root])).toBe(1);
    const refusal = planRefusalSchema.parse(JSON.parse(out));
    expect(refusal.reasons.map(({ code, overridable }) => [code, overridable])).toEqual([
      ['root-disk', ['0000:00:02.0']],
    ]);
    out = '';
    expect(await runCommandLine(['plan', '00:02.0', '--json', '--override', '0:2.0', root])).toBe(
      0,
    );
    expect(planSchema.parse(JSON.parse(out)).overrides).toEqual(['0000:00:02.0']);
  });

  it('never writes into a folder that holds something', async () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'mine'), '');
    expect(await runCommandLine(['plan', '01:00.0', '--out', folder, CARD])).toBe(2);
    expect(complaints).toBe(
      `airlock: Cannot write the plan to ${folder}: the folder is not empty (mine)\n`,
    );
    expect(readdirSync(folder)).toEqual(['mine']);
  });
});

describe('what cannot be answered ends with 2 and one line', () => {
  it.each<[string, readonly string[], RegExp]>([
    [
      'an initramfs that nobody makes',
      ['plan', '01:00.0', '--boot', '--initramfs', 'x', '--json', CARD],
      /--initramfs takes no "x": it is one of initramfs-tools, dracut/,
    ],
    [
      'a kernel argument of no list',
      ['plan', '01:00.0', '--boot', '--argument', 'init=/bin/sh', '--json', CARD],
      /--argument takes no "init=\/bin\/sh": it is one of intel_iommu=on/,
    ],
    [
      'a boot loader for a plan at run time',
      ['plan', '01:00.0', '--loader', 'grub', '--json', CARD],
      /--argument need --boot/,
    ],
    ['no function', ['plan', '--json', CARD], /No function is named/],
    ['two hosts', ['plan', '01:00.0', '--json', CARD, CARD], /A plan is for one host/],
    ['no folder', ['plan', '01:00.0', CARD], /--out DIR, or --json/],
    [
      'minutes that are none',
      ['plan', '01:00.0', '--json', '--minutes', '1e9', CARD],
      /from 1 to 60/,
    ],
    [
      'a function that is not there',
      ['plan', '7f:00.0', '--json', CARD],
      /has no function 0000:7f:00.0/,
    ],
    [
      'an override that is no address',
      ['plan', '01:00.0', '--override', 'gpu', '--json', CARD],
      /Not a PCI address/,
    ],
    ['a folder without a plan', ['apply', SAMPLES], /Cannot read \S+steps\.txt: no such file/],
    ['a receipt that is none', ['undo', '../x'], /Not the name of a receipt: "\.\.\/x"/],
    ['another', ['confirm', '1'], /Not the name of a receipt/],
    ['a third', ['status', '1'], /Not the name of a receipt/],
  ])('%s', async (_name, args, complaint) => {
    expect(await runCommandLine(args)).toBe(2);
    expect([out, complaints.split('\n').length]).toEqual(['', 2]);
    expect(complaints).toMatch(complaint);
  });

  it.each([
    ['is cut off', 'airlock-steps/1\n', /Line 2 of the plan/],
    ['is code', '#!/bin/sh\nreboot\n', /no plan has|Line 1 of the plan/],
  ])('a steps.txt that %s', async (_name, text, complaint) => {
    const folder = join(temporaryDirectory(), 'plan');
    mkdirSync(folder);
    writeFileSync(join(folder, 'steps.txt'), text);
    expect(await runCommandLine(['apply', folder])).toBe(2);
    expect(complaints).toMatch(complaint);
  });

  it.each(['plan', 'apply', 'status', 'confirm', 'undo', 'recover'])(
    '%s has a help with examples',
    async (verb) => {
      expect(await runCommandLine([verb, '--help'])).toBe(0);
      expect(out).toMatch(/Examples:\n {2}(sudo )?airlock/);
    },
  );
});

describe('airlock plan --single-gpu-hooks', () => {
  // The sample as the collector would pack it: what has no entry is not there.
  const hooks = (name: string) => {
    const root = temporaryDirectory();
    execFileSync('tar', ['xzf', CARD, '-C', root]);
    writeFileSync(join(root, 'manifest.json'), JSON.stringify({ format: 'airlock-snapshot/1' }));
    return ['plan', '01:00.0', '--single-gpu-hooks', name, root];
  };

  it('keeps every step for the start of the machine, and shows both files whole', async () => {
    expect(await runCommandLine([...hooks('win11-gaming'), '--json'])).toBe(0);
    const plan = planSchema.parse(JSON.parse(out));
    expect([plan.when, plan.machineStart, plan.timerMinutes]).toEqual([
      ['machine-start'],
      'win11-gaming',
      undefined,
    ]);
    expect(plan.steps.map(({ line }) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'start module',
      'start group',
      'start driver',
      'start driver',
      'start driver',
      'start viable',
      'install libvirt-hook',
      'hook win11-gaming',
    ]);
    const files = plan.fileChanges.map(({ path, by }) => `${path} ${by}`);
    expect(files).toEqual([
      'etc/libvirt/hooks/qemu.d/airlock helper',
      'etc/airlock/win11-gaming.vm helper',
    ]);
    expect(plan.fileChanges[1]?.diff).toContain('+driver 0000:01:00.0 ');
  });

  it('warns in plan.md, with the way back', async () => {
    const folder = join(temporaryDirectory(), 'plan');
    expect(await runCommandLine([...hooks('win11-gaming'), '--out', folder])).toBe(0);
    const text = readFileSync(join(folder, 'plan.md'), 'utf8');
    for (const part of [
      'has no display',
      'try SSH from another computer',
      'airlock win11-gaming release end',
      'airlock recover',
      'ROM file',
      'Sound over HDMI',
      "managed='no'",
      'systemctl restart libvirtd',
    ]) {
      expect(text).toContain(part);
    }
  });

  it.each([
    ['../win11', 'cannot be the name of a file'],
    ['', 'cannot be the name of a file'],
  ])('has no plan for a machine named %j', async (name, said) => {
    expect(await runCommandLine([...hooks(name), '--json'])).toBe(1);
    expect(out).toContain(said);
  });

  it('does not go with another time', async () => {
    expect(await runCommandLine([...hooks('win11'), '--boot', '--json'])).toBe(2);
    expect(complaints).toContain('stands alone');
  });
});
