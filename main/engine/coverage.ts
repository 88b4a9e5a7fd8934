import { isUnreadable } from '../../shared/fact.ts';
import { isAtLeast } from '../quirks/kernel-version.ts';
import type { EngineContext } from './context.ts';
import type { FunctionNode } from './topology.ts';

/** Base class and subclass of an IOMMU's own PCI function. */
const IOMMU_CLASS = 0x0806;

/**
 * GR-30: which functions an IOMMU covers.
 *
 * With an IOMMU at work the `iommu` link tells, one function at a time. Without one (or where a
 * source does not carry the links) all functions count as covered, but the IOMMU's own and, before
 * Linux 5.6, the children of VMD.
 *
 * @returns The test; `why` says in words why a function is not covered.
 */
export function coverageOf(context: EngineContext): {
  isCovered(node: FunctionNode): boolean;
  why(node: FunctionNode): string;
} {
  const showsLinks = context.topology.nodes.some(({ fn }) => typeof fn.iommuUnit === 'string');
  if (context.basis === 'as-is' && showsLinks) {
    return { isCovered: hasUnit, why: whyWithoutUnit };
  }
  return {
    isCovered: (node) => !isIommuItself(node) && !isEarlyVmdChild(node, context),
    why: (node) =>
      isIommuItself(node)
        ? 'It is an IOMMU, and no IOMMU covers itself'
        : 'Kernels before 5.6 give the children of VMD no group',
  };
}

function hasUnit({ fn }: FunctionNode): boolean {
  return typeof fn.iommuUnit === 'string';
}

function whyWithoutUnit(node: FunctionNode): string {
  if (isIommuItself(node)) return 'It is an IOMMU, and no IOMMU covers itself';
  return isUnreadable(node.fn.iommuUnit)
    ? 'Its iommu link could not be read'
    : 'It has no iommu link: no IOMMU covers it, or no driver has asked for it yet (arm64 and virtio-iommu before 7.0)';
}

function isIommuItself({ fn }: FunctionNode): boolean {
  return typeof fn.classCode === 'number' && fn.classCode >> 8 === IOMMU_CLASS;
}

function isEarlyVmdChild(node: FunctionNode, context: EngineContext): boolean {
  const { kernel } = context;
  return node.fn.vmdEndpoint !== undefined && kernel !== undefined && !isAtLeast(kernel, 5, 6);
}
