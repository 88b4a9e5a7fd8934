import type { PortType } from '../../../shared/host.ts';
import { ACS_BITS } from '../../pci/acs-bits.ts';
import type { AcsText, CapabilityText, ExpressText, SriovText } from './capability-text.ts';

/** Collects the lines below one header. */
export class CapabilityNotes {
  #depth: 0 | 1 | 2 | 3 = 0;
  #hasExtended = false;
  #hasAri = false;
  #express: Mutable<ExpressText> | undefined;
  #acs: Mutable<AcsText> | undefined;
  #sriov: Mutable<SriovText> | undefined;

  /** A line that `-v` prints (`Flags:`) or `-vv` (`Control:`): the list follows, if there is one. */
  deepen(depth: 2 | 3): void {
    if (this.#depth !== 1 && depth > this.#depth) this.#depth = depth;
  }

  /** Takes a line without its indentation; false where it is about something else. */
  take(line: string): boolean {
    if (line.startsWith('Capabilities:')) {
      this.#capability(line);
      return true;
    }
    return this.#register(line);
  }

  /** @returns `undefined` where the listing is not deep enough to show capabilities. */
  finish(isCut: boolean): CapabilityText | undefined {
    if (this.#depth === 0) return undefined;
    return {
      depth: this.#depth,
      isCut,
      hasExtended: this.#hasExtended,
      express: this.#express,
      acs: this.#acs,
      hasAri: this.#hasAri,
      sriov: this.#sriov,
    };
  }

  #capability(line: string): void {
    if (line.includes('<access denied>')) {
      this.#depth = 1;
      return;
    }
    const match = CAPABILITY.exec(line);
    if (!match) return;
    this.deepen(2);
    const offset = parseInt(match[1] ?? '', 16);
    const name = match[2] ?? '';
    if (offset >= 0x100) this.#hasExtended = true;
    const portType = portTypeOf(name);
    if (portType) {
      this.#express ??= { offset, portType, hasFlr: undefined, forwardsAri: undefined };
    } else if (name.startsWith('Access Control Services')) {
      this.#acs ??= { offset, capability: undefined, control: undefined };
    } else if (name.startsWith('Alternative Routing-ID')) {
      this.#hasAri = true;
    } else if (name.startsWith('Single Root I/O Virtualization')) {
      this.#sriov ??= { offset };
    }
  }

  #register(line: string): boolean {
    if (this.#express) this.#expressRegister(this.#express, line);
    if (this.#acs && line.startsWith('ACSC')) this.#acsRegister(this.#acs, line);
    if (this.#sriov) sriovRegister(this.#sriov, line);
    return REGISTER.test(line) || (line.match(FLAG)?.length ?? 0) > 1;
  }

  /** `FLReset+` stands on the second line of DevCap, and again in DevCtl, where it is a command. */
  #expressRegister(express: Mutable<ExpressText>, line: string): void {
    if (line.startsWith('DevCap:')) express.hasFlr ??= false;
    if (line.startsWith('ExtTag') && express.hasFlr === false) {
      express.hasFlr = line.includes('FLReset+');
    }
    // In DevCap2 the word says that it is supported, in DevCtl2 that it is on.
    if (line.startsWith('DevCtl2:')) express.forwardsAri = line.includes('ARIFwd+');
  }

  #acsRegister(acs: Mutable<AcsText>, line: string): void {
    if (line.startsWith('ACSCap:')) acs.capability ??= acsBits(line);
    if (line.startsWith('ACSCtl:')) acs.control ??= acsBits(line);
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const CAPABILITY = /^Capabilities: \[([0-9a-f]{2,3})(?: v\d+)?\] (.*)$/;
/** Registers, and their lines that go on, where the indentation was lost. */
const REGISTER =
  /^((Dev|Lnk|Slt|Root|ACS|IOV|ARI|ATS|AER|L1Sub)(Cap|Ctl|Sta)\d?|LnkCtl3|(UE|CE)(Sta|Msk|Svrt)|Initial VFs|VF offset|MaxPayload|Address|Vector table|PBA|HeaderLog)\b/;
/** `ReqRedir+`, `TAbort-`. */
const FLAG = /\w[+-](?=[\s,]|$)/g;

/**
 * How lspci calls the types of the PCI Express capability.
 *
 * @see pciutils ls-caps.c, `cap_express()`
 */
const PORT_TYPES: readonly (readonly [name: string, portType: PortType])[] = [
  ['Endpoint', 'endpoint'],
  ['Legacy Endpoint', 'legacy-endpoint'],
  ['Root Port', 'root-port'],
  ['Upstream Port', 'upstream-port'],
  ['Downstream Port', 'downstream-port'],
  ['PCI-Express to PCI/PCI-X Bridge', 'pcie-to-pci-bridge'],
  ['PCI/PCI-X to PCI-Express Bridge', 'pci-to-pcie-bridge'],
  ['Root Complex Integrated Endpoint', 'rciep'],
  ['Root Complex Event Collector', 'rcec'],
  ['Unknown type', 'reserved'],
];

function portTypeOf(name: string): PortType | undefined {
  const words = /^Express (?:\(v\d+\) )?(.*)$/.exec(name)?.[1];
  if (words === undefined) return undefined;
  return PORT_TYPES.find(([start]) => words.startsWith(start))?.[1];
}

/** @see pciutils ls-ecaps.c, `cap_acs()` */
const ACS_WORDS: readonly (readonly [word: string, bit: number])[] = [
  ['SrcValid+', ACS_BITS.SV],
  ['TransBlk+', ACS_BITS.TB],
  ['ReqRedir+', ACS_BITS.RR],
  ['CmpltRedir+', ACS_BITS.CR],
  ['UpstreamFwd+', ACS_BITS.UF],
  ['EgressCtrl+', ACS_BITS.EC],
  ['DirectTrans+', ACS_BITS.DT],
];

/** A line that was cut before its last word says nothing. */
function acsBits(line: string): number | undefined {
  if (!/DirectTrans[+-]/.test(line)) return undefined;
  return ACS_WORDS.reduce((bits, [word, bit]) => (line.includes(word) ? bits | bit : bits), 0);
}

/** @see pciutils ls-ecaps.c, `cap_sriov()` */
function sriovRegister(sriov: Mutable<SriovText>, line: string): void {
  const number = (pattern: RegExp, radix = 10) => {
    const digits = pattern.exec(line)?.[1];
    return digits === undefined ? undefined : parseInt(digits, radix);
  };
  if (line.startsWith('IOVCtl:')) sriov.isEnabled = line.includes('Enable+');
  if (line.startsWith('Initial VFs:')) {
    const totalVfs = number(/Total VFs: (\d{1,5})/);
    const numVfs = number(/Number of VFs: (\d{1,5})/);
    if (totalVfs !== undefined) sriov.totalVfs = totalVfs;
    if (numVfs !== undefined) sriov.numVfs = numVfs;
  }
  if (line.startsWith('VF offset:')) {
    const offset = number(/VF offset: (\d{1,5})/);
    const stride = number(/stride: (\d{1,5})/);
    const deviceId = number(/Device ID: ([0-9a-f]{4})/, 16);
    if (offset !== undefined) sriov.firstVfOffset = offset;
    if (stride !== undefined) sriov.vfStride = stride;
    if (deviceId !== undefined) sriov.vfDeviceId = deviceId;
  }
}
