import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { AcsCapability, ConfigSpace, PciFunction } from '../../../shared/host.ts';
import { ok } from '../../../shared/result.ts';
import { REQUIRED_ACS } from '../../pci/acs-bits.ts';
import { testAcs } from '../acs-test.ts';
import { makeContext } from '../context.ts';
import { acsClause } from '../words.ts';
import type { Change } from './change.ts';
import {
  findNamed,
  impossible,
  suppose,
  withFunction,
  type StepResult,
  type World,
} from './world.ts';

/** Where a supposed capability stands: the first place that extended capabilities can have. */
const SUPPOSED_OFFSET = 0x100;

/**
 * Switches the required ACS bits of one function on or off: on as the kernel does it, by setting the
 * required bits that the capability has; off by clearing them.
 *
 * @see Linux drivers/pci/pci.c, `pci_std_enable_acs()`
 */
export function setAcs(world: World, change: Extract<Change, { kind: 'acs' }>): StepResult {
  const found = findNamed(world, change.bdf);
  if (!found.ok) return found;
  const fn = found.value;
  const name = shortBdf(fn.bdf);
  const { config } = fn;
  if (config === undefined || isUnreadable(config) || isUnreadable(config.pcie)) {
    return impossible(
      `Cannot change ACS of ${name}: its configuration space could not be read, so its type is not known`,
    );
  }
  if (config.pcie === undefined) {
    return impossible(`Cannot change ACS of ${name}: it is conventional PCI, which has no ACS`);
  }
  const acs = known(config.acs);
  if (acs !== undefined) return ok(withControl(world, fn, acs, change.isOn));
  const isUnknown = isUnreadable(config.acs);
  if (!change.isOn && !isUnknown) {
    return ok({
      world,
      text: `ACS of ${name} is off: it has no ACS capability, so nothing changes`,
    });
  }
  return ok(withSupposed(world, fn, config, { isOn: change.isOn, isUnknown }));
}

function withControl(world: World, fn: PciFunction, acs: AcsCapability, isOn: boolean) {
  const required = REQUIRED_ACS & acs.capability;
  const control = isOn ? acs.control | required : acs.control & ~REQUIRED_ACS;
  const text = `ACS of ${shortBdf(fn.bdf)} is ${isOn ? 'on' : 'off'}`;
  const changed = suppose(fixControl(world, fn.bdf, control), {
    text: `That ${text} when the kernel forms its groups is supposed`,
    about: fn.bdf,
  });
  return { world: changed, text: `${text}${remarkOn(changed, fn.bdf, isOn)}` };
}

function withSupposed(
  world: World,
  fn: PciFunction,
  config: ConfigSpace,
  { isOn, isUnknown }: { readonly isOn: boolean; readonly isUnknown: boolean },
) {
  const name = shortBdf(fn.bdf);
  const control = isOn ? REQUIRED_ACS : 0;
  const acs: AcsCapability = {
    offset: SUPPOSED_OFFSET,
    capability: REQUIRED_ACS,
    control,
    controlDwordAt8: control,
  };
  const supposed = withFunction(world, { ...fn, config: { ...config, acs } });
  const text = isUnknown
    ? `Whether ${name} has ACS could not be read: a capability with its bits ${isOn ? 'on' : 'off'} is supposed`
    : `${name} has no ACS capability: one that it does not have is supposed, with its bits on`;
  const changed = suppose(fixControl(supposed, fn.bdf, control), { text, about: fn.bdf });
  return { world: changed, text: `${text}${remarkOn(changed, fn.bdf, isOn)}` };
}

function fixControl(world: World, bdf: Bdf, control: number): World {
  const acsControl = new Map(world.options.acsControl).set(bdf, control);
  return { ...world, options: { ...world.options, acsControl } };
}

/** Says where the bits do not decide: the kernel has a table for the function, or asks nothing. */
function remarkOn(world: World, bdf: Bdf, isOn: boolean): string {
  const context = makeContext(world.host, world.options);
  const node = context.topology.find(bdf);
  const verdict = node && testAcs(node, context);
  if (verdict === undefined || verdict.cause.kind === 'control') return '';
  if (verdict.isIsolated === isOn && verdict.cause.kind !== 'single-function') return '';
  return `; the kernel does not go by it: ${acsClause(verdict)}`;
}
