import { describe, expect, it } from 'vitest';
import { vmTargetSchema, type VmTarget } from '../../../../shared/vm-report.ts';
import { generate, SAMPLE_NAMES, sampleVm } from '../../../support/vm-samples.ts';

const FIXTURES = '../../../fixtures/vm';
const OTHERS = vmTargetSchema.options.filter((name) => name !== 'libvirt' && name !== 'qemu');

describe.each(SAMPLE_NAMES)('%s', (sample) => {
  it.each(OTHERS)('for %s is as reviewed', async (target: VmTarget) => {
    const { files, notes, unsupported } = generate(target, sampleVm(sample));
    const folder = `${FIXTURES}/${sample}/${target}`;
    for (const { name, text } of files) await expect(text).toMatchFileSnapshot(`${folder}/${name}`);
    const said = [...unsupported, ...notes].map(({ path, text }) => `${path}: ${text}\n`);
    await expect(said.join('')).toMatchFileSnapshot(`${folder}/said.txt`);
  });
});
