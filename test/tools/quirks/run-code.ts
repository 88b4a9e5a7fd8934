import {
  AX,
  DI,
  immediate,
  modrm,
  next,
  operands,
  read,
  readPrefixes,
  register,
  SI,
  SP,
  STACK,
  STRUCTURE,
  type Operand,
  type Prefixes,
  type State,
} from './code-state.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

/**
 * Runs a small kernel function, to learn what it answers where it holds device ids in its code.
 * It knows the few x86 instructions that compilers make of comparing numbers, reads memory only
 * through its first argument, and stops at anything else: no answer is guessed.
 *
 * @see Intel Software Developer's Manual, volume 2
 */

export interface CodeInput {
  /** The machine code of one function. */
  readonly code: Buffer;
  /** Second argument, in `esi`. */
  readonly argument: number;
  /** Members of the structure that the first argument points to, by offset. */
  readonly members: ReadonlyMap<number, number>;
}

export interface CodeOutput {
  /** The 32 bits that the function returns, as a signed number. */
  readonly answer: number;
  /** Offsets of the members that it looked at. */
  readonly membersRead: ReadonlySet<number>;
}

export function runCode({ code, argument, members }: CodeInput): CodeOutput {
  const state: State = {
    code,
    members,
    membersRead: new Set(),
    stack: new Map(),
    at: 0,
    registers: new BigUint64Array(16),
    cf: false,
    zf: false,
  };
  state.registers[SI] = BigInt(argument);
  state.registers[DI] = STRUCTURE;
  state.registers[SP] = STACK + STACK_BYTES;
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (state.at < 0 || state.at >= code.length) {
      const answer = Number(BigInt.asIntN(32, read(state, AX)));
      return { answer, membersRead: state.membersRead };
    }
    step(state);
  }
  throw new QuirkToolError('The code does not come to an end');
}

const MOST_STEPS = 1000;
const STACK_BYTES = 0x1000n;

function step(state: State): void {
  const start = state.at;
  const prefixes = readPrefixes(state);
  const opcode = next(state, 1);
  const isDone =
    opcode === 0x0f
      ? runTwoByte(state, next(state, 1), prefixes)
      : runOneByte(state, opcode, prefixes);
  if (!isDone) {
    const bytes = state.code.toString('hex', start, start + 8);
    throw new QuirkToolError(`The code has an instruction that is not known here: ${bytes}`);
  }
}

const ARITHMETIC = ['add', 'or', 'adc', 'sbb', 'and', 'sub', 'xor', 'cmp'] as const;
type Arithmetic = (typeof ARITHMETIC)[number] | 'test';

/** @returns Whether the instruction is known. */
function runOneByte(state: State, opcode: number, prefixes: Prefixes): boolean {
  const { bytes } = prefixes;
  // Saved registers are the caller's, and nobody looks at them here.
  if ((opcode & 0xf0) === 0x50) return true;
  if ((opcode & 0xf0) === 0x70) return jump(state, next(state, 1, true), opcode & 15);
  const operation = opcode < 0x40 ? ARITHMETIC[opcode >> 3] : undefined;
  if (operation && (opcode & 7) === 5) {
    return compute(state, operation, register(state, AX, bytes), immediate(state, bytes));
  }
  if (operation && ((opcode & 7) === 1 || (opcode & 7) === 3)) {
    const { target, source } = operands(state, prefixes, (opcode & 7) === 3);
    return compute(state, operation, target, source.value);
  }
  if (opcode >= 0xb8 && opcode <= 0xbf) {
    const number = (opcode & 7) | (prefixes.rex & 1 ? 8 : 0);
    const value = bytes === 8 ? state.code.readBigUInt64LE(state.at) : immediate(state, bytes);
    if (bytes === 8) state.at += 8;
    return register(state, number, bytes).write(value);
  }
  return runOther(state, opcode, prefixes);
}

function runOther(state: State, opcode: number, prefixes: Prefixes): boolean {
  const { bytes } = prefixes;
  switch (opcode) {
    case 0x80:
    case 0x81:
    case 0x83: {
      const { target, field } = modrm(state, prefixes, opcode === 0x80 ? 1 : bytes);
      const value = opcode === 0x81 ? immediate(state, bytes) : BigInt(next(state, 1, true));
      return compute(state, ARITHMETIC[field] ?? 'adc', target, value);
    }
    case 0x85: {
      const { target, source } = operands(state, prefixes, false);
      return compute(state, 'test', target, source.value);
    }
    case 0x89:
    case 0x8b: {
      const { target, source } = operands(state, prefixes, opcode === 0x8b);
      return target.write(source.value);
    }
    case 0x8d: {
      const { number, address } = modrm(state, prefixes, bytes);
      return address !== undefined && register(state, number, bytes).write(address);
    }
    case 0xa9:
      return compute(state, 'test', register(state, AX, bytes), immediate(state, bytes));
    case 0xc1: {
      const { target, field } = modrm(state, prefixes, bytes);
      const count = BigInt(next(state, 1));
      // Right shifts; what is shifted here came from 16 bits and has no sign.
      return (field === 5 || field === 7) && target.write(target.value >> count);
    }
    case 0xc7: {
      const { target, field } = modrm(state, prefixes, bytes);
      return field === 0 && target.write(immediate(state, bytes));
    }
    case 0xe8:
      // The mark for tracing, before everything else; another call could change what follows.
      state.at += 4;
      return state.at <= 9;
    case 0xe9:
      return jump(state, next(state, 4, true));
    case 0xeb:
      return jump(state, next(state, 1, true));
    case 0xc3:
      state.at = -1;
      return true;
    case 0xf7: {
      const { target, field } = modrm(state, prefixes, bytes);
      return field === 0 && compute(state, 'test', target, immediate(state, bytes));
    }
    default:
      return false;
  }
}

function runTwoByte(state: State, opcode: number, prefixes: Prefixes): boolean {
  if ((opcode & 0xf0) === 0x80) return jump(state, next(state, 4, true), opcode & 15);
  if ((opcode & 0xf0) === 0x90) {
    const { target } = modrm(state, prefixes, 1);
    const holds = condition(state, opcode & 15);
    return holds !== undefined && target.write(holds ? 1n : 0n);
  }
  switch (opcode) {
    // endbr64
    case 0x1e:
      return next(state, 1) === 0xfa;
    case 0xa3: {
      const { target, source } = operands(state, prefixes, false);
      state.cf = ((target.value >> (source.value % BigInt(prefixes.bytes * 8))) & 1n) === 1n;
      return true;
    }
    case 0xb6:
    case 0xb7: {
      const { target, number } = modrm(state, prefixes, opcode === 0xb6 ? 1 : 2);
      return register(state, number, prefixes.bytes).write(target.value);
    }
    default:
      return false;
  }
}

/** Conditions that look at carry and zero only; `undefined` for others. */
function condition({ cf, zf }: State, code: number): boolean | undefined {
  return [undefined, undefined, cf, !cf, zf, !zf, cf || zf, !(cf || zf)][code];
}

function jump(state: State, distance: number, code?: number): boolean {
  const holds = code === undefined ? true : condition(state, code);
  if (holds === true) state.at += distance;
  return holds !== undefined;
}

function compute(state: State, operation: Arithmetic, target: Operand, operand: bigint): boolean {
  const value = BigInt.asUintN(target.bits, operand);
  const result = calculate(operation, target.value, value);
  if (result === undefined) return false;
  state.cf =
    operation === 'add'
      ? result >> BigInt(target.bits) !== 0n
      : (operation === 'sub' || operation === 'cmp') && value > target.value;
  state.zf = BigInt.asUintN(target.bits, result) === 0n;
  return operation === 'cmp' || operation === 'test' || target.write(result);
}

function calculate(operation: Arithmetic, left: bigint, right: bigint): bigint | undefined {
  switch (operation) {
    case 'add':
      return left + right;
    case 'sub':
    case 'cmp':
      return left - right;
    case 'and':
    case 'test':
      return left & right;
    case 'or':
      return left | right;
    case 'xor':
      return left ^ right;
    case 'adc':
    case 'sbb':
      return undefined;
  }
}
