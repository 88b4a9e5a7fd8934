import type { Bdf } from '../../shared/bdf.ts';
import { isUnreadable, known, unreadable } from '../../shared/fact.ts';
import type { Host, InferredFact, PciFunction, SourceInfo } from '../../shared/host.ts';
import { openArchiveTree } from '../host/archive-source.ts';
import { readIommuFacts } from '../host/read-iommu.ts';
import { readKernelFacts, readProcessorFacts } from '../host/read-kernel.ts';
import { readMachine } from '../host/read-machine.ts';
import type { Source } from '../host/source.ts';
import { orderFunctions } from '../pci/order-functions.ts';
import { parseIdentity } from '../pci/parse-identity.ts';
import { assembleConfig } from './assemble-config.ts';
import { collectGroups } from './collect-groups.ts';
import type { FactSheet } from './fact-sheet.ts';
import { inferProcessor } from './infer-processor.ts';
import { layeredSource } from './layered-source.ts';
import { makeDetails } from './make-details.ts';
import { originsOf } from './origins-of.ts';
import { placeFunctions, type Placed } from './place-functions.ts';
import { nameVirtualFunctions } from './name-virtual-functions.ts';
import { missingCommand, reportMissing } from './report-missing.ts';
import type { FactName, StatedFacts, Statements } from './stated-facts.ts';

const NOT_RECORDED = unreadable('NOT_RECORDED');

/**
 * Builds the host that all parts of a report describe together.
 *
 * @param bundle - The tree that the report came in, with what it holds of `proc`, `etc` and `sys`.
 */
export function buildHost(sheet: FactSheet, info: SourceInfo, bundle?: Source): Host {
  const texts = openArchiveTree(sheet.files, '', info, undefined);
  const tree = bundle ? layeredSource(bundle, texts) : texts;
  const drafts = draftFunctions(sheet);
  const placed = placeFunctions(drafts);
  const finished = drafts.map((draft) => finish(draft, placed.get(draft.bdf)));
  const functions = orderFunctions(nameVirtualFunctions(finished));
  const kernel = readKernelFacts(tree);
  const iommu = {
    ...readIommuFacts(tree, sheet.problems),
    ...inferProcessor(readProcessorFacts(tree, kernel), functions),
  };
  const groups = collectGroups(sheet);
  reportMissing(sheet, functions, groups);
  return {
    source: info,
    ...kernel,
    iommu,
    functions,
    observedGroups: groups,
    machine: readMachine(tree, { kernelRelease: kernel.kernelRelease }),
    report: { parts: sheet.parts, command: missingCommand(functions) },
    problems: sheet.problems.toArray(),
  };
}

function draftFunctions(sheet: FactSheet) {
  const showsExtended = [...sheet.functions.values()].some(
    ({ capabilities }) => capabilities?.value.hasExtended === true,
  );
  const slots = Map.groupBy(sheet.functions.keys(), (bdf) => bdf.slice(0, -2));
  return [...sheet.functions].map(([bdf, stated]) => {
    const hasSiblings = (slots.get(bdf.slice(0, -2))?.length ?? 0) > 1;
    return draft(bdf, stated, { hasSiblings, showsExtended });
  });
}

/** A function before its place is known. */
function draft(
  bdf: Bdf,
  stated: Statements,
  shown: { readonly hasSiblings: boolean; readonly showsExtended: boolean },
) {
  const isBridge = isBridgeClass(stated.classCode?.value) || stated.headerType?.value === 1;
  const fact = assembleConfig({
    bytes: stated.config?.value,
    text: stated.capabilities?.value,
    bridge: stated.bridge?.value,
    headerType: stated.headerType?.value ?? (isBridge && stated.capabilities ? 1 : undefined),
    portType: stated.portType?.value,
    readsRcba: bdf.endsWith(':1f.0'),
    ...shown,
  });
  return {
    bdf,
    stated,
    fact,
    isBridge,
    hasSiblings: shown.hasSiblings,
    place: stated.place?.value,
    placeOrigin: stated.place?.origin,
    config: known(fact),
    physicalFunction: stated.physicalFunction?.value,
  };
}

function isBridgeClass(classCode: number | undefined): boolean {
  const subclass = (classCode ?? 0) >>> 8;
  return subclass === 0x0604 || subclass === 0x0607 || subclass === 0x0609;
}

function finish(
  { bdf, stated, fact, hasSiblings }: ReturnType<typeof draft>,
  placed: Placed | undefined,
): PciFunction {
  const bytes = stated.config?.value;
  const identity = bytes && bytes.length >= 64 ? parseIdentity(bytes) : undefined;
  const value = <K extends FactName>(name: K): StatedFacts[K] | undefined => stated[name]?.value;
  const inferred = inferredFacts(fact, bytes, hasSiblings, placed);
  const name = value('name');
  return {
    bdf,
    rootBus: placed?.rootBus ?? bdf.slice(0, -5),
    parent: placed?.parent,
    vmdEndpoint: placed?.vmdEndpoint,
    vendorId: known(identity?.vendorId) ?? value('vendorId') ?? NOT_RECORDED,
    deviceId: known(identity?.deviceId) ?? value('deviceId') ?? NOT_RECORDED,
    classCode: identity?.classCode ?? value('classCode') ?? NOT_RECORDED,
    subsystem:
      identity && !isUnreadable(identity.subsystem)
        ? identity.subsystem
        : (value('subsystem') ?? NOT_RECORDED),
    config: fact,
    physicalFunction: placed?.physicalFunction,
    iommuUnit: NOT_RECORDED,
    iommuGroupId: stated.group ? stated.group.value : NOT_RECORDED,
    ...(inferred.length > 0 && { inferred }),
    origins: originsOf(stated, placed, identity !== undefined),
    ...(name !== undefined && { statedName: name }),
    details: makeDetails(stated, identity?.revision),
  };
}

/** What the engine has to know was concluded. */
function inferredFacts(
  fact: PciFunction['config'],
  bytes: Uint8Array | undefined,
  hasSiblings: boolean,
  placed: Placed | undefined,
): readonly InferredFact[] {
  const inferred: InferredFact[] = placed?.isGuessed === true ? ['topology'] : [];
  // Only bytes show the multifunction bit of a function that is alone in its slot; of the
  // functions that others hang below, it matters for upstream ports.
  const pcie = known(known(fact)?.pcie);
  if (bytes === undefined && !hasSiblings && pcie?.portType === 'upstream-port') {
    inferred.push('multifunction');
  }
  return inferred;
}
