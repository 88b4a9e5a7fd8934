import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { buildConfig } from '../../support/build-config.ts';
import { buildTree } from '../../support/build-tree.ts';

const SCRIPT = join(import.meta.dirname, '../../../assets/collect/airlock-collect');
const CONFIG = 'sys/devices/pci0000:00/0000:00:03.0/config';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-serial-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A NIC: Advanced Error Reporting at 0x100, then its serial number at 0x148. */
function nicConfig(): Uint8Array {
  const bytes = Uint8Array.from(buildConfig({ portType: 'endpoint' }));
  bytes.set([0x01, 0x00, 0x82, 0x14], 0x100);
  bytes.set([0x03, 0x00, 0x01, 0x00, 0xde, 0xad, 0xbe, 0xff, 0xff, 0x12, 0x34, 0x56], 0x148);
  return bytes;
}

const PLAIN = buildConfig({
  portType: 'root-port',
  bridge: { primary: 0, secondary: 1, subordinate: 1 },
});
const NIC = { bdf: '0000:00:03.0', files: { config: nicConfig() } };
const AMONG_OTHERS = [
  { bdf: '0000:00:01.0', files: { config: PLAIN } },
  { bdf: '0000:00:02.0', config: { lengthBytes: 64 } },
  NIC,
  { bdf: '0000:00:04.0', files: { config: PLAIN } },
];

function collect(shell: readonly string[], functions = AMONG_OTHERS, ...options: string[]) {
  const root = join(folder, 'root');
  buildTree(root, { functions });
  const archive = join(folder, 'x.tar');
  const [program = '', ...first] = shell;
  execFileSync(program, [...first, SCRIPT, '--root', root, '--out', archive, ...options], {
    stdio: 'pipe',
  });
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  return readFileSync(join(folder, CONFIG));
}

describe.each([[['dash']], [['busybox', 'ash']], [['bash']]])('under %s', (shell) => {
  it('the serial number that a card makes from its MAC is cleared, and nothing else', () => {
    const expected = nicConfig();
    expected.fill(0, 0x14c, 0x154);
    expect(Buffer.from(collect(shell)).equals(Buffer.from(expected))).toBe(true);
    const plain = readFileSync(join(folder, CONFIG.replace('03.0', '01.0')));
    expect(plain.equals(readFileSync(join(folder, 'root', CONFIG.replace('03.0', '01.0'))))).toBe(
      true,
    );
  });

  it('it is cleared where no other function comes before', () => {
    expect(collect(shell, [NIC]).subarray(0x14c, 0x154)).toEqual(Buffer.alloc(8));
  });

  it('it stays where redaction was not wanted', () => {
    expect(
      Buffer.from(collect(shell, AMONG_OTHERS, '--no-redact')).equals(Buffer.from(nicConfig())),
    ).toBe(true);
  });
});
