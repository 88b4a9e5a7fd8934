import type { AcsCause, AcsVerdict } from '../../shared/isolation.ts';
import { shortBdf } from '../../shared/bdf.ts';
import { acsBitNames, REQUIRED_ACS } from '../pci/acs-bits.ts';
import { isBridge, pcieStateOf } from './pcie-state.ts';
import type { FunctionNode } from './topology.ts';

/** Port types in the field's words. */
const TYPE_WORDS: Readonly<Record<string, string>> = {
  endpoint: 'PCIe endpoint',
  'legacy-endpoint': 'legacy PCIe endpoint',
  'root-port': 'root port',
  'upstream-port': 'switch upstream port',
  'downstream-port': 'switch downstream port',
  'pcie-to-pci-bridge': 'PCIe-to-PCI bridge',
  'pci-to-pcie-bridge': 'PCI-to-PCIe bridge',
  rciep: 'root complex integrated endpoint',
  rcec: 'root complex event collector',
  reserved: 'PCIe function of a reserved type',
};

/** `root port`, `conventional PCI bridge`, `virtual function`. */
export function roleOf(node: FunctionNode): string {
  if (node.isVirtualFunction) return 'virtual function';
  const pcie = pcieStateOf(node);
  if (pcie.state === 'pcie') return TYPE_WORDS[pcie.portType] ?? pcie.portType;
  if (pcie.state === 'unknown')
    return isBridge(node) ? 'bridge (type not readable)' : 'not readable';
  return isBridge(node) ? 'conventional PCI bridge' : 'conventional PCI function';
}

/** Why a function isolates or not, as a clause: `it has no ACS capability`. */
export function acsClause({ cause, isIsolated }: AcsVerdict): string {
  switch (cause.kind) {
    case 'quirk':
      return lowerFirst(cause.text);
    case 'not-pcie':
      return 'it is conventional PCI, which cannot isolate';
    case 'type-never':
      return `a ${TYPE_WORDS[cause.portType] ?? cause.portType} never isolates`;
    case 'type-always':
      return 'the kernel asks nothing of its type';
    case 'single-function':
      return 'it is the only function of its card, with no sibling to reach';
    case 'no-capability':
      return cause.hasSiblings
        ? 'it is one of several functions of its slot and has no ACS capability'
        : 'it has no ACS capability';
    case 'control':
      return controlClause(cause, isIsolated === true);
    case 'override':
      return `pcie_acs_override=${cause.option} makes the kernel take it for isolated, which it is not`;
    case 'seen-elsewhere':
    case 'unknown':
      return cause.text;
  }
}

/** The register or table that the clause rests on. */
export function acsEvidence({ bdf, cause }: AcsVerdict): string {
  switch (cause.kind) {
    case 'control':
      return `${shortBdf(bdf)} config: ACS capability ${hex(cause.capability, 4)} at ${hex(cause.offset + 4, 3)}, control ${hex(cause.control, 4)} at ${hex(cause.offset + 6, 3)}${cause.isAssumed ? ' (as a kernel with the IOMMU on sets it)' : ''}`;
    case 'no-capability':
      return `${shortBdf(bdf)} config 0x100: no extended capability 0x000d`;
    case 'quirk':
      return `kernel quirk ${cause.quirk}`;
    case 'not-pcie':
      return `${shortBdf(bdf)} config: no capability 0x10 (PCI Express)`;
    case 'single-function':
      return `${shortBdf(bdf)} config 0x0e: multifunction bit clear, function 0`;
    case 'type-never':
    case 'type-always':
      return `${shortBdf(bdf)} config: port type in the PCI Express capability`;
    case 'override':
      return 'kernel command line';
    case 'seen-elsewhere':
      return `${shortBdf(bdf)} vendor and device ids`;
    case 'unknown':
      return `${shortBdf(bdf)} config`;
  }
}

/** Lower-case hexadecimal with prefix: `0x001d`. */
export function hex(value: number, digits: number): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

function controlClause(cause: Extract<AcsCause, { kind: 'control' }>, isIsolated: boolean): string {
  if (!isIsolated) return `its ACS lacks ${acsBitNames(cause.missing)}, which it could switch on`;
  const required = REQUIRED_ACS & cause.capability;
  if (required === 0) {
    return 'its ACS capability is empty, by which the vendor states that its functions cannot reach each other';
  }
  return `it has ACS with ${acsBitNames(required)} on`;
}

function lowerFirst(text: string): string {
  // Names of vendors keep their capital.
  return text.startsWith('The ') || text.startsWith('This ')
    ? text[0]?.toLowerCase() + text.slice(1)
    : text;
}
