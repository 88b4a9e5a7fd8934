import { known, isUnreadable } from '../../../shared/fact.ts';
import type { PciFunction } from '../../../shared/host.ts';
import { isAtLeast, type KernelVersion } from '../../quirks/kernel-version.ts';
import { kernelControl } from '../acs-control.ts';
import { makeContext, type EngineContext } from '../context.ts';
import type { FunctionNode } from '../topology.ts';
import { suppose, withFunctions, type Step, type World } from './world.ts';

/**
 * Supposes another kernel: its quirk rows, its opinion of the IDT switches (GR-13), and what it
 * makes of `pci=disable_acs_redir=` and `pci=config_acs=` (GR-16).
 *
 * ACS control bits that both kernels would leave alike are kept as read.
 */
export function changeKernel(world: World, version: KernelVersion): Step {
  const before = makeContext(world.host, world.options);
  const options = { ...world.options, kernel: version };
  const after = makeContext(world.host, options);
  const name = versionName(version);
  const functions = before.topology.nodes.map((node) => rebooted(node, before, after));
  const changed = suppose(
    { ...withFunctions(world, functions), options },
    { text: `Kernel ${name} is supposed in place of ${ownName(before)}`, about: undefined },
    ...limitsOf(after, name),
  );
  return { world: changed, text: `The kernel is ${name} in place of ${ownName(before)}` };
}

/** `6.1`, `6.12.107`. */
export function versionName({ major, minor, patch }: KernelVersion): string {
  return `${major}.${minor}${patch === undefined ? '' : `.${patch}`}`;
}

function ownName({ kernel }: EngineContext): string {
  return kernel === undefined ? 'one that the source does not name' : versionName(kernel);
}

function rebooted(node: FunctionNode, before: EngineContext, after: EngineContext): PciFunction {
  const config = known(node.fn.config);
  const acs = config?.acs;
  if (before.basis !== 'as-is' || config === undefined || acs === undefined || isUnreadable(acs)) {
    return node.fn;
  }
  const leaves = (context: EngineContext, control: number) =>
    kernelControl(node, acs.capability, control, context);
  if (leaves(before, acs.control) === leaves(after, acs.control)) return node.fn;
  const control = leaves(after, acs.control);
  const dword = acs.controlDwordAt8;
  const controlDwordAt8 = typeof dword === 'number' ? leaves(after, dword) : dword;
  return { ...node.fn, config: { ...config, acs: { ...acs, control, controlDwordAt8 } } };
}

function limitsOf({ iommu }: EngineContext, name: string) {
  const limits: string[] = [];
  const kernel = name.split('.').map(Number);
  const version = { major: kernel[0] ?? 0, minor: kernel[1] ?? 0, patch: undefined };
  if (!isAtLeast(version, 5, 10) || isAtLeast(version, 7, 4)) {
    limits.push(`The rules of grouping are known from Linux 5.10 to 7.3, and ${name} lies outside`);
  }
  const asksLate = ['virtio-iommu', 'smmu-v2', 'smmu-v3'].includes(iommu.provider);
  if (asksLate && !isAtLeast(version, 7, 0)) {
    limits.push(
      `Before 7.0 only functions that a driver has asked for get a group here; which these are under ${name} is not known`,
    );
  }
  return limits.map((text) => ({ text, about: undefined }));
}
