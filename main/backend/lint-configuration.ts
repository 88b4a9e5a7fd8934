import { bdfParts, type Bdf } from '../../shared/bdf.ts';
import { ok, type Failure, type Result } from '../../shared/result.ts';
import type { PlacedVm } from '../../shared/placed-vm.ts';
import type { VmFinding } from '../../shared/vm-report.ts';
import type { VmLint } from '../../shared/vm-lint.ts';
import { parseVm } from '../reports/vm/parse-vm.ts';
import type { ParsedVm, ParseVmFailure } from '../reports/vm/parsed-vm.ts';
import { lintVm } from '../vmconfig/lint/lint-vm.ts';
import { unifiedDiff } from '../binding/boot/unified-diff.ts';
import { mendDomain } from '../vmconfig/mend/mend-domain.ts';
import { roleOf } from '../vmconfig/place/find-devices.ts';
import type { Analysis } from './analyse.ts';

/** Reads a configuration, with the help of a host where one is given. */
export function readConfiguration(
  text: string,
  analysis: Analysis | undefined,
): Result<ParsedVm, Failure<ParseVmFailure>> {
  return parseVm(
    text,
    analysis === undefined ? undefined : (first) => functionsOf(first, analysis),
  );
}

/** Judges an existing configuration by itself, and against a host where one is given. */
export function lintConfiguration(
  text: string,
  analysis: Analysis | undefined,
): Result<VmLint, Failure<ParseVmFailure>> {
  const parsed = readConfiguration(text, analysis);
  if (!parsed.ok) return parsed;
  const { format, vm, left } = parsed.value;
  const mended = format === 'libvirt' ? mend(text, analysis) : undefined;
  return ok({
    format: 'airlock-vm-lint/1',
    configuration: format,
    name: vm.name,
    functions: vm.hostDevices.flatMap((device) => (device.kind === 'mdev' ? [] : [device.bdf])),
    findings: [...findingsOf(vm, analysis)],
    ...(mended !== undefined && { mended }),
    left: countNames(left.filter((name) => !NEVER_JUDGED.has(name))),
  });
}

/** What no finding could be about, whatever it says. */
const NEVER_JUDGED = new Set(
  'on_poweroff on_reboot on_crash pm metadata title description resource sysinfo genid'.split(' '),
);

/** Each once, in order, with how often it is there. */
function countNames(names: readonly string[]): string[] {
  return [...Map.groupBy(names, (name) => name)].map(([name, same]) =>
    same.length === 1 ? name : `${name} ×${same.length}`,
  );
}

function mend(text: string, analysis: Analysis | undefined): VmLint['mended'] {
  const codesOf = (one: string): ReadonlySet<string> => {
    const parsed = readConfiguration(one, analysis);
    return new Set(parsed.ok ? findingsOf(parsed.value.vm, analysis).map(({ code }) => code) : []);
  };
  const mended = mendDomain(text, codesOf);
  if (mended === text) return undefined;
  const after = codesOf(mended);
  const codes = [...codesOf(text)].filter((code) => !after.has(code));
  return { codes, text: mended, diff: unifiedDiff('domain.xml', text, mended) };
}

/** A configuration does not say which device is a graphics card: only a host does. */
function findingsOf(vm: PlacedVm, analysis: Analysis | undefined): readonly VmFinding[] {
  if (analysis === undefined) return lintVm(vm).filter(({ code }) => code !== 'no-screen');
  const { context } = analysis;
  const hostDevices = vm.hostDevices.map((device) => {
    const node = device.kind === 'pci' ? context.topology.find(device.bdf) : undefined;
    return device.kind !== 'pci' || node === undefined ? device : { ...device, role: roleOf(node) };
  });
  return lintVm({ ...vm, hostDevices }, context);
}

/** The functions of the host in the slot of one; where it has none, the address stands for itself. */
function functionsOf(first: Bdf, { host }: Analysis): readonly Bdf[] {
  const { domain, bus, deviceNumber } = bdfParts(first);
  const found = host.functions
    .map(({ bdf }) => bdf)
    .filter((bdf) => {
      const parts = bdfParts(bdf);
      return parts.domain === domain && parts.bus === bus && parts.deviceNumber === deviceNumber;
    });
  return found.length === 0 ? [first] : found;
}
