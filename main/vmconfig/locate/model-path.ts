/** A path of the model in parts: `hostDevices[0].at.slot`. */
export interface ModelPath {
  /** `hostDevices`, `cpu.pins`. */
  readonly name: string;
  /** Which one of a list. */
  readonly index?: number;
  /** What follows the index: `at`; of a path without index the name has it all. */
  readonly field?: string;
}

export function parseModelPath(path: string): ModelPath {
  const { name = '', index, field } = PATH.exec(path)?.groups ?? {};
  return {
    name,
    ...(index !== undefined && { index: Number(index) }),
    ...(field !== undefined && { field }),
  };
}

const PATH = /^(?<name>[\w.]*)(?:\[(?<index>\d+)\](?:\.(?<field>\w+))?)?/;

/** The name, then what it is a part of: `cpu.pins`, `cpu`. */
export function namesOf({ name }: ModelPath): readonly string[] {
  const parts = name.split('.');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('.'));
}
