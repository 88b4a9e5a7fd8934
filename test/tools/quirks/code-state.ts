import { QuirkToolError } from './quirk-tool-error.ts';

/** Registers by number. */
export const [AX, SP, SI, DI] = [0, 4, 6, 7];

/** Made-up addresses: of the structure that the first argument points to, and of the stack. */
export const STRUCTURE = 0x1000_0000_0000n;
export const STACK = 0x2000_0000_0000n;
const STRUCTURE_BYTES = 0x1_0000n;

/** A processor in the middle of a function, as far as comparing numbers needs one. */
export interface State {
  readonly code: Buffer;
  readonly members: ReadonlyMap<number, number>;
  /** Offsets of the members that were read. */
  readonly membersRead: Set<number>;
  /** What was written to the stack, by address. */
  readonly stack: Map<bigint, bigint>;
  readonly registers: BigUint64Array;
  /** Outside the code after a return, or a jump to the return of the kernel. */
  at: number;
  /** Carry: set where a subtraction needed to borrow. */
  cf: boolean;
  zf: boolean;
}

/** What stands before the opcode. */
export interface Prefixes {
  readonly bytes: 2 | 4 | 8;
  /** Upper bits of the register numbers. */
  readonly rex: number;
  /** Memory of this processor: the guard against overwritten stacks lies there. */
  readonly isPerCpu: boolean;
}

/** Something that an instruction can read, and mostly write. */
export interface Operand {
  readonly value: bigint;
  readonly bits: number;
  /** @returns Whether it could be written. */
  readonly write: (value: bigint) => boolean;
}

export function readPrefixes(state: State): Prefixes {
  let bytes: 2 | 4 | 8 = 4;
  let rex = 0;
  let isPerCpu = false;
  for (;;) {
    const byte = state.code[state.at] ?? 0;
    if (byte === 0x66) bytes = 2;
    else if (byte === 0x65) isPerCpu = true;
    else if ((byte & 0xf0) === 0x40) rex = byte;
    else if (byte !== 0xf3) return { bytes: rex & 8 ? 8 : bytes, rex, isPerCpu };
    state.at++;
  }
}

export function operands(state: State, prefixes: Prefixes, intoRegister: boolean) {
  const { target, number } = modrm(state, prefixes, prefixes.bytes);
  const own = register(state, number, prefixes.bytes);
  return intoRegister ? { target: own, source: target } : { target, source: own };
}

/** The byte that names a register, and another one or a place in memory. */
export function modrm(state: State, { rex, isPerCpu }: Prefixes, bytes: 1 | 2 | 4 | 8) {
  const byte = next(state, 1);
  const field = (byte >> 3) & 7;
  const number = field | (rex & 4 ? 8 : 0);
  const other = (byte & 7) | (rex & 1 ? 8 : 0);
  const mode = byte >> 6;
  if (mode === 3) {
    return { field, number, target: register(state, other, bytes), address: undefined };
  }
  const address = addressIn(state, mode, other);
  const target = isPerCpu ? PER_CPU : memory(state, address, bytes);
  return { field, number, target, address };
}

/** Bases besides plain registers: relative to the code, and by a byte of their own. */
const RELATIVE = 5;
const BY_BYTE = 4;
/** The stack pointer as base, no index. */
const STACK_BYTE = 0x24;
/** No base, no index. */
const ABSOLUTE_BYTE = 0x25;
/** Lies in no made-up memory. */
const NOWHERE = 0n;

function addressIn(state: State, mode: number, base: number): bigint {
  const offset = () => (mode === 0 ? 0n : BigInt(next(state, mode === 1 ? 1 : 4, true)));
  if ((base & 7) !== BY_BYTE && (mode !== 0 || (base & 7) !== RELATIVE)) {
    return read(state, base) + offset();
  }
  const byte = (base & 7) === BY_BYTE ? next(state, 1) : ABSOLUTE_BYTE;
  if (byte === STACK_BYTE && base < 8) return read(state, SP) + offset();
  if (byte !== ABSOLUTE_BYTE || mode !== 0) {
    throw new QuirkToolError('The code addresses memory in a way that is not known here');
  }
  next(state, 4);
  return NOWHERE;
}

/** The guard is only compared with itself. */
const PER_CPU: Operand = { value: 0n, bits: 64, write: () => false };

function memory(state: State, address: bigint, bytes: number): Operand {
  const isStack = address >> 40n === STACK >> 40n;
  return {
    get value() {
      if (isStack) return state.stack.get(address) ?? 0n;
      return BigInt(readMember(state, address - STRUCTURE));
    },
    bits: bytes * 8,
    write: (value) => {
      if (isStack) state.stack.set(address, BigInt.asUintN(bytes * 8, value));
      return isStack;
    },
  };
}

function readMember({ members, membersRead }: State, offset: bigint): number {
  const value = members.get(Number(offset));
  if (offset < 0n || offset >= STRUCTURE_BYTES || value === undefined) {
    throw new QuirkToolError('The code reads memory that it should not look at');
  }
  membersRead.add(Number(offset));
  return value;
}

/** Writing 32 bits clears the upper half; writing fewer keeps the rest. */
export function register(state: State, number: number, bytes: 1 | 2 | 4 | 8): Operand {
  const bits = bytes * 8;
  return {
    value: BigInt.asUintN(bits, read(state, number)),
    bits,
    write: (value) => {
      const kept = bytes < 4 ? (read(state, number) >> BigInt(bits)) << BigInt(bits) : 0n;
      state.registers[number] = kept | BigInt.asUintN(bits, value);
      return true;
    },
  };
}

export function read({ registers }: State, number: number): bigint {
  return registers[number] ?? 0n;
}

/** Immediate numbers have four bytes at most, and keep their sign. */
export function immediate(state: State, bytes: 2 | 4 | 8): bigint {
  return BigInt(next(state, bytes === 2 ? 2 : 4, true));
}

export function next(state: State, bytes: 1 | 2 | 4, isSigned = false): number {
  const at = state.at;
  state.at += bytes;
  return isSigned ? state.code.readIntLE(at, bytes) : state.code.readUIntLE(at, bytes);
}
