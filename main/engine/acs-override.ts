import type { FunctionNode } from './topology.ts';
import { known } from '../../shared/fact.ts';

/** What `pcie_acs_override=` asks for. */
export interface AcsOverride {
  readonly downstream: boolean;
  readonly multifunction: boolean;
  /** `id:vvvv:dddd`, as `vvvv:dddd`. */
  readonly ids: readonly string[];
}

/**
 * Reads the option out of a kernel command line. The patch compares by prefix.
 *
 * @returns `undefined` where the option is not given, or asks for nothing.
 * @see the patch "pci: Enable overrides for missing ACS capabilities" (out of tree),
 *   `pcie_acs_override_setup()`
 */
export function parseAcsOverride(commandLine: string): AcsOverride | undefined {
  const option = commandLine
    .split(/\s+/)
    .filter((word) => word.startsWith('pcie_acs_override='))
    .at(-1);
  return option === undefined ? undefined : parseAcsOverrideValue(option.slice(18));
}

/** Reads the value of the option: `downstream,multifunction,id:8086:1901`. */
export function parseAcsOverrideValue(value: string): AcsOverride | undefined {
  const words = value.split(',');
  const ids = words
    .map((word) => /^id:([0-9a-f]{4}:[0-9a-f]{4})/i.exec(word)?.[1]?.toLowerCase())
    .filter((id) => id !== undefined)
    .slice(0, 15);
  const override = {
    downstream: words.some((word) => word.startsWith('downstream')),
    multifunction: words.some((word) => word.startsWith('multifunction')),
    ids,
  };
  return override.downstream || override.multifunction || ids.length > 0 ? override : undefined;
}

/**
 * GR-14: whether the patch calls the function isolated; `undefined`: it has no opinion. It has
 * none on functions with an ACS capability.
 */
export function overrideAnswers(
  override: AcsOverride,
  node: FunctionNode,
  portType: string,
): string | undefined {
  const { fn } = node;
  const ids = `${hex4(known(fn.vendorId))}:${hex4(known(fn.deviceId))}`;
  if (override.ids.includes(ids)) return `id:${ids}`;
  const isDownstream = portType === 'root-port' || portType === 'downstream-port';
  if (isDownstream) return override.downstream ? 'downstream' : undefined;
  const isFunction =
    portType === 'endpoint' ||
    portType === 'legacy-endpoint' ||
    portType === 'upstream-port' ||
    portType === 'rciep';
  return isFunction && node.isMultifunction && override.multifunction ? 'multifunction' : undefined;
}

function hex4(value: number | undefined): string {
  return value === undefined ? '' : value.toString(16).padStart(4, '0');
}
