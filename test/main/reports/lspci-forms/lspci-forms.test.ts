import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { computeGrouping } from '../../../../main/engine/compute-grouping.ts';
import { openSource } from '../../../../main/host/open-source.ts';
import { readHost } from '../../../../main/host/read-host.ts';
import type { Source } from '../../../../main/host/source.ts';
import { known } from '../../../../shared/fact.ts';
import type { Host } from '../../../../shared/host.ts';
import type { Confidence } from '../../../../shared/isolation.ts';
import { dumpOf, lspciOf } from '../../../support/lspci-dump.ts';
import { readReport } from '../../../support/read-report.ts';

/**
 * Every recorded host, printed by the real lspci in each of its forms, read back, and predicted:
 * what a text gives is held against what the whole snapshot gives. lspci reads a dump in place of
 * a machine (`-F`), so drivers and groups, which it asks the kernel for, are missing.
 */
const HOSTS = join(import.meta.dirname, '../../../fixtures/hosts');

/** Forms that hold all configuration space: nothing is lost. */
const WHOLE = ['-D -vvnnxxxx', '-nnxxxx'];
/** Forms that show what is above each function, by path, by the buses of bridges, or as a tree. */
const PLACED = [
  ...WHOLE,
  '-vvnn',
  '-vvnnPP',
  '-vnn',
  '-vv',
  '-nnxxx',
  '-x',
  '-t',
  '-tv',
  '-tvnn',
  '-PPnn',
];
const UNPLACED = ['-nn', '-nnk', '-n', '-vmmnn', '-vmnn', '-mmnn'];
const FORMS = [...PLACED, ...UNPLACED];

const names = readdirSync(HOSTS);
const counts = new Map(FORMS.map((form) => [form, { certain: 0, likely: 0, unknown: 0 }]));

describe('a host printed by lspci', () => {
  it.each(names)(
    '%s',
    async (name) => {
      const { source, host } = await open(name);
      const head = kernelLines(host);
      const truth = membersByFunction(computeGrouping(host, { asIfOn: true }).groups);
      const texts = lspciOf(dumpOf(source), FORMS);
      for (const [at, form] of FORMS.entries()) {
        const report = readReport(`${head}\n\n${texts[at] ?? ''}`);
        const { groups } = computeGrouping(report, { asIfOn: true });
        expect({ form, functions: addresses(report) }).toEqual({
          form,
          functions: addresses(host),
        });
        if (PLACED.includes(form)) {
          expect({ form, places: places(report) }).toEqual({ form, places: places(host) });
        }
        if (WHOLE.includes(form)) expect(decoded(report)).toEqual(decoded(host));
        expect({ form, wrong: wronglySure(groups, truth) }).toEqual({ form, wrong: [] });
        count(form, groups);
      }
    },
    120_000,
  );
});

describe('how much each form says', () => {
  it('all configuration space leaves nothing open but the platform of POWER', () => {
    for (const form of WHOLE) expect(counts.get(form)?.unknown).toBeLessThan(20);
  });

  it('registers in words answer for nine functions of ten', () => {
    const { certain = 0, likely = 0, unknown = 0 } = counts.get('-vvnn') ?? {};
    expect(unknown).toBeLessThan((certain + likely + unknown) / 10);
  });

  it('without ids no form is sure', () => {
    for (const form of ['-vv', '-t', '-tv']) expect(counts.get(form)?.likely).toBe(0);
  });
});

afterAll(() => {
  for (const [form, { certain, likely, unknown }] of counts) {
    console.log(`${form.padEnd(14)} certain ${certain}, likely ${likely}, unknown ${unknown}`);
  }
});

async function open(name: string): Promise<{ readonly source: Source; readonly host: Host }> {
  const source = await openSource(join(HOSTS, name, 'snapshot.tar.gz'), { nowMs: 0 });
  if (!source.ok) throw new Error(source.error.message);
  const host = readHost(source.value, { depth: 'full' });
  if (!host.ok) throw new Error(host.error.message);
  return { source: source.value, host: host.value };
}

/** What the kernel would have logged about itself: which quirks it has depends on it. */
function kernelLines(host: Host): string {
  const tables = ['DSDT', ...(known(host.iommu.acpiTables) ?? [])];
  return [
    known(host.kernelVersion) ?? '',
    `Command line: ${known(host.commandLine) ?? ''}`,
    ...tables.map((table) => `ACPI: ${table} 0x0000000012345678`),
  ]
    .map((line) => `[    0.000000] ${line}`)
    .join('\n');
}

interface Group {
  readonly members: readonly string[];
  readonly confidence: Confidence;
}

function membersByFunction(groups: readonly Group[]): ReadonlyMap<string, string> {
  return new Map(groups.flatMap(({ members }) => members.map((one) => [one, members.join(' ')])));
}

/** Groups that a text is certain of, or calls likely, and that the snapshot denies. */
function wronglySure(groups: readonly Group[], truth: ReadonlyMap<string, string>): string[] {
  return groups
    .filter(({ confidence }) => confidence !== 'unknown')
    .filter(({ members }) => members.some((member) => truth.get(member) !== members.join(' ')))
    .map(({ members, confidence }) => `${confidence}: ${members.join(' ')}`);
}

function count(form: string, groups: readonly Group[]): void {
  const of = counts.get(form);
  for (const { members, confidence } of groups) if (of) of[confidence] += members.length;
}

function addresses({ functions }: Host): string[] {
  return functions.map(({ bdf }) => bdf).sort();
}

function places({ functions }: Host): string[] {
  return functions
    .map(
      ({ bdf, parent, inferred }) =>
        `${bdf} below ${parent ?? 'root'} ${inferred?.includes('topology') === true ? 'guessed' : ''}`,
    )
    .sort();
}

function decoded({ functions }: Host) {
  return functions
    .map(({ bdf, vendorId, deviceId, classCode, subsystem, config, physicalFunction }) => ({
      bdf,
      vendorId,
      deviceId,
      classCode,
      subsystem,
      config,
      physicalFunction,
    }))
    .sort((a, b) => (a.bdf < b.bdf ? -1 : 1));
}
