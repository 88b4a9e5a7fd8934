import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vmTargetSchema, type VmFile } from '../../../../shared/vm-report.ts';
import { generate, SAMPLE_NAMES, sampleVm } from '../../../support/vm-samples.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-targets-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const INI =
  'import configparser,json,sys; p=configparser.ConfigParser(strict=False); p.read(sys.argv[1]); [json.loads(v) for v in p["pci"].values()]';
const YAML =
  'import yaml,sys; d=list(yaml.safe_load_all(open(sys.argv[1]))); assert [x["kind"] for x in d]==["KubeVirt","VirtualMachine"]';

/** Programs that read a file of each language; they end with an error where they cannot. */
const READERS: Readonly<Partial<Record<VmFile['language'], readonly (readonly string[])[]>>> = {
  shell: [
    ['shellcheck', '--shell=sh'],
    ['dash', '-n'],
    ['busybox', 'sh', '-n'],
  ],
  yaml: [['/usr/bin/python3', '-c', YAML]],
  ini: [['/usr/bin/python3', '-c', INI]],
  nix: [['nix-instantiate', '--parse']],
  xml: [['xmllint', '--noout']],
};

describe.each(SAMPLE_NAMES)('%s', (sample) => {
  it.each(vmTargetSchema.options.filter((name) => name !== 'libvirt' && name !== 'qemu'))(
    'for %s is read by the programs of its language',
    (target) => {
      const { files } = generate(target, sampleVm(sample));
      for (const { name, text, language } of files) {
        const path = join(folder, name);
        writeFileSync(path, text);
        for (const [program = '', ...words] of READERS[language] ?? []) {
          expect(() => execFileSync(program, [...words, path], { stdio: 'pipe' })).not.toThrow();
        }
      }
    },
  );
});
