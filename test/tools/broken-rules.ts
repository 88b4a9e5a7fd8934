/* eslint-disable no-template-curly-in-string -- these are pieces of source text */
/** One rule of `main/engine/RULES.md`, and a change to the code that breaks it. */
export interface BrokenRule {
  readonly rule: string;
  /** What the engine then believes. */
  readonly believes: string;
  readonly file: string;
  /** Text that is in the file just once. */
  readonly from: string;
  readonly to: string;
}

const engine = (file: string) => `main/engine/${file}`;

/** Ways to break the engine, one at a time. */
export const brokenRules: readonly BrokenRule[] = [
  {
    rule: 'GR-1',
    believes: 'PCIe-to-PCI bridges keep requester IDs',
    file: engine('dma-alias.ts'),
    from: "if (pcie.portType !== 'pcie-to-pci-bridge') return undefined;",
    to: "if (pcie.portType !== 'reserved') return undefined;",
  },
  {
    rule: 'GR-1',
    believes: 'conventional bridges keep requester IDs',
    file: engine('dma-alias.ts'),
    from: 'return isAliasBridge(bridge, context) ? secondaryId(bridge) : requesterIdOf(bridge);',
    to: 'return isAliasBridge(bridge, context) ? secondaryId(bridge) : undefined;',
  },
  {
    rule: 'GR-1',
    believes: 'the walk goes on above a translation root',
    file: engine('dma-alias.ts'),
    from: "if (hasFlag(bridge, 'translation-root', context)) break;",
    to: '',
  },
  {
    rule: 'GR-1',
    believes: 'the bridge of ASPEED takes its own requester ID, whatever the kernel',
    file: engine('dma-alias.ts'),
    from: "return hasFlag(bridge, 'keeps-requester-id', context) ? undefined : secondaryId(bridge);",
    to: 'return secondaryId(bridge);',
  },
  {
    rule: 'GR-2',
    believes: 'an alias counts in one direction only',
    file: engine('pci-groups.ts'),
    from: 'return ofB !== undefined && reaches(ofB, a) ? ofB : undefined;',
    to: 'return undefined;',
  },
  {
    rule: 'GR-2',
    believes: 'the table IVRS has no aliases',
    file: engine('dma-alias.ts'),
    from: "if (context.iommu.provider !== 'amd-vi') return undefined;",
    to: 'return undefined;',
  },
  {
    rule: 'GR-3',
    believes: 'only bit 7 of the header type makes a function multifunction',
    file: engine('topology.ts'),
    from: 'if (functionNumber !== 0) return true;',
    to: '',
  },
  {
    rule: 'GR-3',
    believes: 'virtual functions are multifunction',
    file: engine('topology.ts'),
    from: 'isMultifunction: !isVirtualFunction && isMultifunction(',
    to: 'isMultifunction: isVirtualFunction || isMultifunction(',
  },
  {
    rule: 'GR-4',
    believes: 'the climb begins with the function itself',
    file: engine('pci-groups.ts'),
    from: 'for (let bridge = start.parent; bridge !== undefined; bridge = bridge.parent) {',
    to: 'for (let bridge: FunctionNode | undefined = start; bridge !== undefined; bridge = bridge.parent) {',
  },
  {
    rule: 'GR-4',
    believes: 'a group above is joined only where it is on the root bus',
    file: engine('pci-groups.ts'),
    from: '    if (existing !== undefined) {\n      return {',
    to: '    if (existing !== undefined && bridge.parent === undefined) {\n      return {',
  },
  {
    rule: 'GR-5',
    believes: 'the path is the bridge above only',
    file: engine('acs-path.ts'),
    from: '    at = at.parent;',
    to: '    at = undefined;',
  },
  {
    rule: 'GR-6',
    believes: 'functions of one slot always share a group',
    file: engine('pci-groups.ts'),
    from: 'if (own.isIsolated === true) return undefined;',
    to: '',
  },
  {
    rule: 'GR-6',
    believes: 'functions of one slot never share a group for that',
    file: engine('pci-groups.ts'),
    from: 'if (!node.isMultifunction) return undefined;',
    to: 'return undefined;',
  },
  {
    rule: 'GR-7',
    believes: 'children of VMD do DMA in their own name',
    file: engine('dma-alias.ts'),
    from: 'return node.vmdEndpoint ?? node;',
    to: 'return node;',
  },
  {
    rule: 'GR-8',
    believes: 'what shares with nothing joins the group made last',
    file: engine('pci-groups.ts'),
    from: 'const group = state.nextGroup++;',
    to: 'const group = Math.max(0, state.nextGroup++ - 1);',
  },
  {
    rule: 'GR-10',
    believes: 'the only function of a slot does not isolate',
    file: engine('acs-test.ts'),
    from: ": verdict(node, true, { kind: 'single-function', rule: 'GR-10' }, doubtsOfTypes(node));",
    to: ": verdict(node, false, { kind: 'single-function', rule: 'GR-10' }, doubtsOfTypes(node));",
  },
  {
    rule: 'GR-10',
    believes: 'conventional functions isolate',
    file: engine('acs-test.ts'),
    from: "return verdict(node, false, { kind: 'not-pcie', rule: 'GR-10' }, doubtsOfTypes(node));",
    to: "return verdict(node, true, { kind: 'not-pcie', rule: 'GR-10' }, doubtsOfTypes(node));",
  },
  {
    rule: 'GR-11',
    believes: 'a row that says no leaves the decision to the ACS capability',
    file: engine('acs-test.ts'),
    from: 'if (answer === undefined) continue;',
    to: 'if (answer?.isIsolated !== true) continue;',
  },
  {
    rule: 'GR-12',
    believes: 'every row says that the function isolates',
    file: engine('acs-test.ts'),
    from: 'return { bdf: node.bdf, isIsolated: answer.isIsolated, cause, doubts: answer.doubts };',
    to: 'return { bdf: node.bdf, isIsolated: true, cause, doubts: answer.doubts };',
  },
  {
    rule: 'GR-13',
    believes: 'IDT switches are believed',
    file: engine('acs-control.ts'),
    from: 'return isAtLeast(context.kernel, 7, 0) ? ACS_BITS.SV : 0;',
    to: 'return 0;',
  },
  {
    rule: 'GR-14',
    believes: 'the override counts where an ACS capability is, too',
    file: engine('acs-test.ts'),
    from: 'if (override === undefined || acs !== undefined) return undefined;',
    to: 'if (override === undefined) return undefined;',
  },
  {
    rule: 'GR-15',
    believes: 'bits that the capability lacks count as off',
    file: engine('acs-test.ts'),
    from: 'const missing = REQUIRED_ACS & effective.capability & ~effective.control;',
    to: 'const missing = REQUIRED_ACS & ~effective.control;',
  },
  {
    rule: 'GR-15',
    believes: 'a missing capability isolates',
    file: engine('acs-test.ts'),
    from: '    return verdict(node, false, cause, doubts);\n  }\n  const effective',
    to: '    return verdict(node, true, cause, doubts);\n  }\n  const effective',
  },
  {
    rule: 'GR-16',
    believes: 'the kernel leaves the bits as the firmware set them',
    file: engine('acs-control.ts'),
    from: 'const enabled = control | (REQUIRED_ACS & capability);',
    to: 'const enabled = control;',
  },
  {
    rule: 'GR-16',
    believes: 'every kernel knows pci=config_acs=',
    file: engine('acs-control.ts'),
    from: 'return context.kernel === undefined || isAtLeast(context.kernel, 6, 11);',
    to: 'return context.kernel === undefined || isAtLeast(context.kernel, 0, 1);',
  },
  {
    rule: 'GR-20',
    believes: 'on bare-metal POWER each bus is an endpoint, conventional or not',
    file: engine('power-groups.ts'),
    from: 'return bridge ? `buses below ${bridge.bdf}` : `bus ${node.bdf.slice(0, -5)}`;',
    to: 'return bridge && !bridge ? `buses` : `bus ${node.bdf.slice(0, -5)}`;',
  },
  {
    rule: 'GR-20',
    believes: 'bridges have a group there',
    file: engine('power-groups.ts'),
    from: 'if (!isCovered(node) || isBridge(node)) return undefined;',
    to: 'if (!isCovered(node)) return undefined;',
  },
  {
    rule: 'GR-21',
    believes: 'a logical partition has one group',
    file: engine('power-groups.ts'),
    from: 'isCovered(node) ? `host bridge ${node.fn.rootBus}` : undefined;',
    to: "isCovered(node) ? 'host bridge' : undefined;",
  },
  {
    rule: 'GR-22',
    believes: 'on IBM Z functions share a group',
    file: engine('power-groups.ts'),
    from: '(isCovered(node) ? node.bdf : undefined), ',
    to: "(isCovered(node) ? 'all' : undefined), ",
  },
  {
    rule: 'GR-30',
    believes: 'an IOMMU covers every function',
    file: engine('coverage.ts'),
    from: "function hasUnit({ fn }: FunctionNode): boolean {\n  return typeof fn.iommuUnit === 'string';",
    to: 'function hasUnit({ fn }: FunctionNode): boolean {\n  return fn !== undefined;',
  },
  {
    rule: 'GR-31',
    believes: 'iommu-phb is an SMMU',
    file: engine('iommu-state.ts'),
    from: "if (first.startsWith('iommu-phb')) return powerProvider(host);",
    to: "if (first.startsWith('iommu-phb')) return 'smmu-v3';",
  },
  {
    rule: 'VG-1',
    believes: 'old kernels enforce as new ones do',
    file: engine('viability.ts'),
    from: "kernel === undefined || isAtLeast(kernel, 5, 19) ? 'enforced' : 'described';",
    to: "kernel === undefined || isAtLeast(kernel, 0, 1) ? 'enforced' : 'described';",
  },
  {
    rule: 'VG-2',
    believes: 'pcieport does DMA',
    file: engine('viability.ts'),
    from: "new Set(['pci_stub', 'pcieport'])",
    to: "new Set(['pci_stub'])",
  },
  {
    rule: 'VG-2',
    believes: 'a member without a driver blocks its group',
    file: engine('viability.ts'),
    from: "if (driver === undefined) return answer('ok', ",
    to: "if (driver === undefined) return answer('blocks', ",
  },
];
