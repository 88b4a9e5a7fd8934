import { QuirkToolError } from './quirk-tool-error.ts';

/** Registers by number. */
export const [AX, SI, DI] = [0, 6, 7];

/** A processor in the middle of a function, as far as comparing numbers needs one. */
export interface State {
  readonly code: Buffer;
  readonly members: ReadonlyMap<number, number>;
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
  for (;;) {
    const byte = state.code[state.at] ?? 0;
    if (byte === 0x66) bytes = 2;
    else if ((byte & 0xf0) === 0x40) rex = byte;
    else if (byte !== 0xf3) return { bytes: rex & 8 ? 8 : bytes, rex };
    state.at++;
  }
}

export function operands(state: State, prefixes: Prefixes, intoRegister: boolean) {
  const { target, number } = modrm(state, prefixes, prefixes.bytes);
  const own = register(state, number, prefixes.bytes);
  return intoRegister ? { target: own, source: target } : { target, source: own };
}

/** The byte that names a register and another one, or a member behind a register. */
export function modrm(state: State, { rex }: Prefixes, bytes: 1 | 2 | 4 | 8) {
  const byte = next(state, 1);
  const field = (byte >> 3) & 7;
  const number = field | (rex & 4 ? 8 : 0);
  const other = (byte & 7) | (rex & 1 ? 8 : 0);
  const mode = byte >> 6;
  if (mode === 3)
    return { field, number, target: register(state, other, bytes), address: undefined };
  if ((byte & 7) === 4 || (mode === 0 && (byte & 7) === 5)) {
    throw new QuirkToolError('The code addresses memory in a way that is not known here');
  }
  const offset = mode === 0 ? 0 : next(state, mode === 1 ? 1 : 4, true);
  const address = read(state, other) + BigInt(offset);
  return { field, number, target: member(state, other, offset, bytes), address };
}

function member(state: State, base: number, offset: number, bytes: number): Operand {
  return {
    get value() {
      const value = state.members.get(offset);
      if (base === DI && value !== undefined) return BigInt(value);
      throw new QuirkToolError(`The code reads a member at 0x${offset.toString(16)}`);
    },
    bits: bytes * 8,
    write: () => false,
  };
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
