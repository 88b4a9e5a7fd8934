/**
 * Finds in x86 machine code what matters about a hook, without decoding every instruction: a
 * distance of 32 bits that hits the start of a known function, or the offset of a known member,
 * does not stand there by chance.
 */

/** Something that a piece of code does to `dev_flags`. */
export type FlagWrite =
  | { readonly kind: 'set'; readonly bits: number }
  /** Stored in a way that does not tell the bits. */
  | { readonly kind: 'stored' };

const CALL = 0xe8;
/** The last call of a function is often a jump. */
const JUMP = 0xe9;
const TWO_BYTES = 0x0f;

/** Distances from the start of the code to where its calls and jumps lead. */
export function findBranches(code: Buffer): readonly number[] {
  const targets: number[] = [];
  for (let at = 0; at + 5 <= code.length; at++) {
    const opcode = code[at] ?? 0;
    if (opcode === CALL || opcode === JUMP) targets.push(at + 5 + code.readInt32LE(at + 1));
    const isConditional = opcode === TWO_BYTES && ((code[at + 1] ?? 0) & 0xf0) === 0x80;
    if (isConditional && at + 6 <= code.length) targets.push(at + 6 + code.readInt32LE(at + 2));
  }
  return targets;
}

/**
 * Finds the instructions that change `dev_flags`, a member of 16 bits: `or $bits,offset(register)`
 * of one or two bytes, and plain stores.
 *
 * @param offset - Of `dev_flags` in `struct pci_dev`.
 * @see Intel Software Developer's Manual, volume 2, "OR" and "MOV"
 */
export function findFlagWrites(code: Buffer, offset: number): readonly FlagWrite[] {
  const writes: FlagWrite[] = [];
  for (let at = 2; at + 4 < code.length; at++) {
    const byte = code.readUInt32LE(at) - offset;
    if (byte !== 0 && byte !== 1) continue;
    const write = writeBefore(code, at, byte);
    if (write) writes.push(write);
  }
  return writes;
}

const OR = { byteImmediate: 0x80, wordImmediate: 0x81, signedImmediate: 0x83 };
const STORES = [0x88, 0x89, 0xc6, 0xc7];
/** Mode "register plus 32 bits". */
const MODE_32 = 0b10;
/** Register field of `or` among the instructions that share its opcode. */
const FIELD_OR = 1;
const HAS_SIB = 0b100;
const SIB_WITHOUT_INDEX = 0b100;

/** @param byte - 1 where only the upper byte of the flags is changed. */
function writeBefore(code: Buffer, at: number, byte: number): FlagWrite | undefined {
  const opcodeAt = findOpcode(code, at);
  if (opcodeAt === undefined) return undefined;
  const opcode = code[opcodeAt] ?? 0;
  if (STORES.includes(opcode)) return { kind: 'stored' };
  const field = ((code[opcodeAt + 1] ?? 0) >> 3) & 7;
  if (field !== FIELD_OR) return undefined;
  switch (opcode) {
    case OR.byteImmediate:
      return { kind: 'set', bits: code.readUInt8(at + 4) << (byte * 8) };
    case OR.signedImmediate:
      return { kind: 'set', bits: (code.readInt8(at + 4) << (byte * 8)) & 0xffff };
    case OR.wordImmediate:
      if (at + 6 > code.length) return undefined;
      return { kind: 'set', bits: (code.readUInt16LE(at + 4) << (byte * 8)) & 0xffff };
    default:
      return undefined;
  }
}

/** Before the offset stand the opcode and one byte with mode and registers; for r12, one more. */
function findOpcode(code: Buffer, at: number): number | undefined {
  const usesMode = (modrm: number) => modrm >> 6 === MODE_32;
  const last = code[at - 1] ?? 0;
  if (usesMode(last) && (last & 7) !== HAS_SIB) return at - 2;
  const before = code[at - 2] ?? 0;
  const hasSib = usesMode(before) && (before & 7) === HAS_SIB;
  return hasSib && ((last >> 3) & 7) === SIB_WITHOUT_INDEX && at >= 3 ? at - 3 : undefined;
}
