import type { Fixup } from './fixups.ts';
import { ADDS_ALIAS } from './hook-effects.ts';
import type { KernelTables } from './kernel-tables.ts';
import {
  ACS_CHECKS,
  ACS_OPS,
  ALIAS_HOOKS,
  BRIDGE_FLAGS,
  HARMLESS_FLAGS,
} from './known-functions.ts';
import { formatRow, type RowFields, type TableName } from './quirk-files.ts';

/** Something in a kernel that no row can say; somebody has to read the kernel's source. */
export interface ByHand {
  /** Name of the kernel's own table or of the hook. */
  readonly where: string;
  readonly text: string;
}

/** A kernel in the words of `main/quirks`. */
export interface ExpectedRows {
  /** In the kernel's order, each row once. */
  readonly rows: Readonly<Record<TableName, readonly RowFields[]>>;
  readonly byHand: readonly ByHand[];
}

/** Puts the tables of a kernel into the words of `main/quirks`. */
export function expectRows(kernel: KernelTables): ExpectedRows {
  const alias = fixupsWith(kernel, (effect) => effect === ADDS_ALIAS);
  return {
    rows: {
      'acs-devices': once(kernel.acsDevices.map((row) => ({ ...row }))),
      'acs-quirks': once(kernel.acsRows.flatMap(acsRow)),
      'alias-quirks': once(alias.flatMap(aliasRow)),
      'bridge-flags': once(Object.keys(BRIDGE_FLAGS).flatMap((flag) => bridgeRows(kernel, flag))),
      'fixed-aliases': once(kernel.fixedAliases.map((row) => ({ ...row }))),
      'intel-pch-ports': once(kernel.intelPchIds.map((device) => ({ device }))),
    },
    byHand: [
      ...unknownAcsFunctions(kernel),
      ...unknownHooks(kernel, alias),
      ...unusualFixups(kernel),
      ...changedOperations(kernel),
    ],
  };
}

function acsRow(row: KernelTables['acsRows'][number]): readonly RowFields[] {
  const { vendor, device, kernelFunction } = row;
  const check = ACS_CHECKS[kernelFunction];
  return check === undefined ? [] : [{ vendor, device, check, kernelFunction }];
}

function aliasRow({ vendor, device, hook }: Fixup): readonly RowFields[] {
  const known = ALIAS_HOOKS[hook];
  return known === undefined ? [] : [{ vendor, device, alias: known.alias, kernelFunction: hook }];
}

function bridgeRows(kernel: KernelTables, flagName: string): readonly RowFields[] {
  const flag = BRIDGE_FLAGS[flagName] ?? '';
  return fixupsWith(kernel, (effect) => effect === flagName).map(({ vendor, device, hook }) => ({
    vendor,
    device,
    flag,
    kernelFunction: hook,
  }));
}

function fixupsWith(
  { fixups, hookEffects }: KernelTables,
  isWanted: (effect: string) => boolean,
): readonly Fixup[] {
  return fixups.filter(({ hook }) => hookEffects.get(hook)?.some(isWanted) === true);
}

function once(rows: readonly RowFields[]): readonly RowFields[] {
  return [...new Map(rows.map((row) => [formatRow(row), row])).values()];
}

function unknownAcsFunctions({ acsRows }: KernelTables): readonly ByHand[] {
  const unknown = acsRows.filter(({ kernelFunction }) => !(kernelFunction in ACS_CHECKS));
  return unknown.map(({ vendor, device, kernelFunction }) => ({
    where: 'pci_dev_acs_enabled',
    text: `${vendor}:${device} asks ${kernelFunction}(), which the engine does not know`,
  }));
}

/** Hooks whose code does something about aliases or flags that is not known here. */
function unknownHooks(kernel: KernelTables, alias: readonly Fixup[]): readonly ByHand[] {
  const adding = new Set(alias.map(({ hook }) => hook));
  const unknown = [...adding].filter((hook) => !(hook in ALIAS_HOOKS));
  const silent = Object.keys(ALIAS_HOOKS).filter(
    (hook) => !adding.has(hook) && kernel.fixups.some((fixup) => fixup.hook === hook),
  );
  const flags = [...kernel.hookEffects].flatMap(([hook, effects]) =>
    effects.filter(isUnknownEffect).map((effect) => [hook, effect] as const),
  );
  return [
    ...unknown.map((hook) => ({
      where: hook,
      text: `adds DMA aliases that the engine does not know, for ${devicesOf(kernel, hook)}`,
    })),
    ...silent.map((hook) => ({ where: hook, text: 'no longer calls pci_add_dma_alias()' })),
    ...flags.map(([hook, effect]) => ({
      where: hook,
      text: `sets ${effect}, of which the engine does not know what it means, for ${devicesOf(kernel, hook)}`,
    })),
  ];
}

function isUnknownEffect(effect: string): boolean {
  return effect !== ADDS_ALIAS && !(effect in BRIDGE_FLAGS) && !HARMLESS_FLAGS.includes(effect);
}

function devicesOf({ fixups }: KernelTables, hook: string): string {
  const own = fixups.filter((fixup) => fixup.hook === hook);
  return own.map(({ vendor, device }) => `${vendor}:${device}`).join(', ');
}

/** Fixups that matter, but hold for all vendors or ask for another class than the engine does. */
function unusualFixups(kernel: KernelTables): readonly ByHand[] {
  return fixupsWith(kernel, (effect) => effect === ADDS_ALIAS || effect in BRIDGE_FLAGS).flatMap(
    (fixup) => {
      const asked = ALIAS_HOOKS[fixup.hook];
      const isAsAsked =
        fixup.classCode === asked?.classCode && fixup.classShift === (asked?.classShift ?? 0);
      if (isAsAsked && fixup.vendor !== 'ANY') return [];
      const text = `holds for ${fixup.vendor}:${fixup.device} of ${classText(fixup)}, for which the engine does not ask`;
      return [{ where: fixup.hook, text }];
    },
  );
}

function classText({ classCode, classShift }: Fixup): string {
  if (classCode === undefined) return 'any class';
  return `class 0x${classCode.toString(16)} (shifted by ${classShift})`;
}

function changedOperations({ acsOps }: KernelTables): readonly ByHand[] {
  const differs = JSON.stringify(acsOps) !== JSON.stringify(ACS_OPS);
  const text = `has other rows than the engine expects: ${formatRow(acsOps)}`;
  return differs ? [{ where: 'pci_dev_acs_ops', text }] : [];
}
