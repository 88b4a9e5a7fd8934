import { bdfParts, type Bdf } from '../../shared/bdf.ts';
import { ok, type Failure, type Result } from '../../shared/result.ts';
import type { PlacedVm } from '../../shared/placed-vm.ts';
import type { VmFinding } from '../../shared/vm-report.ts';
import type { VmLint } from '../../shared/vm-lint.ts';
import { parseVm } from '../reports/vm/parse-vm.ts';
import type { ParsedVm, ParseVmFailure, VmFormat } from '../reports/vm/parsed-vm.ts';
import { placeArguments, placeOptions } from '../reports/vm/place-options.ts';
import { placeSettings } from '../reports/vm/place-settings.ts';
import { lintVm } from '../vmconfig/lint/lint-vm.ts';
import { unifiedDiff } from '../binding/boot/unified-diff.ts';
import {
  addHostdev,
  addHostPci,
  addVfioOption,
  type AddSibling,
} from '../vmconfig/mend/add-siblings.ts';
import { argumentMends, commandLineMends } from '../vmconfig/mend/command-line-mends.ts';
import { DOMAIN_MENDS } from '../vmconfig/mend/domain-mends.ts';
import { mendText, type Mend } from '../vmconfig/mend/mend-text.ts';
import { findMissingSiblings } from '../vmconfig/mend/missing-siblings.ts';
import { proxmoxMends } from '../vmconfig/mend/proxmox-mends.ts';
import { applyEdits } from '../vmconfig/mend/text-edit.ts';
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
  const mended = mend(text, format, analysis);
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

/** What changes a format has, and how it takes one function more. */
const FORMATS: Readonly<
  Record<VmFormat, { mends: readonly Mend[]; add: AddSibling; file: string }>
> = {
  libvirt: { mends: DOMAIN_MENDS, add: addHostdev, file: 'domain.xml' },
  qemu: {
    mends: commandLineMends(placeOptions),
    add: addVfioOption(placeOptions),
    file: 'qemu.sh',
  },
  proxmox: {
    mends: [...proxmoxMends(placeSettings), ...argumentMends(placeArguments)],
    add: addHostPci(placeSettings),
    file: 'machine.conf',
  },
};

function mend(text: string, format: VmFormat, analysis: Analysis | undefined): VmLint['mended'] {
  const codesOf = (one: string): ReadonlySet<string> => {
    const parsed = readConfiguration(one, analysis);
    return new Set(parsed.ok ? findingsOf(parsed.value.vm, analysis).map(({ code }) => code) : []);
  };
  const { mends, add, file } = FORMATS[format];
  const mended = mendText(addSiblings(text, add, analysis), mends, codesOf);
  if (mended === text) return undefined;
  const after = codesOf(mended);
  const codes = [...codesOf(text)].filter((code) => !after.has(code));
  return { codes, text: mended, diff: unifiedDiff(file, text, mended) };
}

/** First, so that they find their places with the others of their cards. */
function addSiblings(text: string, add: AddSibling, analysis: Analysis | undefined): string {
  const parsed = readConfiguration(text, analysis);
  if (analysis === undefined || !parsed.ok) return text;
  return findMissingSiblings(parsed.value.vm, analysis.context).reduce(
    (kept, sibling) => applyEdits(kept, add(kept, sibling)),
    text,
  );
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
