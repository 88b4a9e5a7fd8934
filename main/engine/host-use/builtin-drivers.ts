import { shortBdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { MachineFacts } from '../../../shared/machine.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { driverOf } from '../viability.ts';
import { listNames, makeFinding, READ_AS_ROOT } from './make-finding.ts';
import type { MachineContext } from './use-context.ts';

/**
 * Drivers that are a part of the kernel image: they bind before any module can, so neither the
 * order of modules nor a blacklist keeps them off.
 *
 * @see Linux Documentation/kbuild/kbuild.rst, `modules.builtin`; drivers/base/module.c,
 *   `module_add_driver()`
 */
export function findBuiltinDrivers({ fromHost, machine }: MachineContext): readonly Finding[] {
  const judged = fromHost.flatMap((node) => {
    const driver = known(driverOf(node));
    return driver === undefined ? [] : [{ node, driver, proof: proofOf(driver, machine) }];
  });
  const builtin = judged.filter(({ proof }) => typeof proof === 'string');
  const unknown = judged.filter(({ proof }) => proof === undefined);
  const findings: Finding[] = [];
  if (builtin.length > 0) {
    const drivers = listNames([...new Set(builtin.map(({ driver }) => driver))]);
    findings.push(
      makeFinding(
        'driver-built-in',
        'note',
        builtin.map(({ node }) => node),
        {
          title: `${drivers} ${drivers.includes(' ') ? 'are' : 'is'} built into the kernel`,
          text: 'It cannot be unloaded or blacklisted, and takes its functions before vfio-pci can be loaded. Only driver_override with an unbind takes them away',
          evidence: [...new Set(builtin.map(({ proof }) => String(proof)))].slice(0, 4).join('; '),
        },
      ),
    );
  }
  if (unknown.length > 0) {
    findings.push(
      makeFinding(
        'driver-kind-unknown',
        'note',
        unknown.map(({ node }) => node),
        {
          title: `Whether ${listNames([...new Set(unknown.map(({ driver }) => driver))])} can be kept off ${unknown.map(({ node }) => shortBdf(node.bdf)).length === 1 ? 'its function' : 'their functions'} by modules is not known`,
          text: `A driver that is built into the kernel binds before any module. ${READ_AS_ROOT}`,
          evidence: 'modules.builtin, sys/bus/pci/drivers/*/module: not recorded',
        },
      ),
    );
  }
  return findings;
}

/** How it shows that a driver is built in; `false`: it is a module; `undefined`: not known. */
function proofOf(
  driver: string,
  { setup, loadedModules }: MachineFacts,
): string | false | undefined {
  const links = setup.driverModules;
  const module = (known(links)?.[driver] ?? driver).replaceAll('-', '_');
  const builtin = known(setup.builtinModules);
  if (builtin?.includes(module)) return `modules.builtin: ${module}`;
  if (known(loadedModules)?.includes(module)) return false;
  if (links === undefined || isUnreadable(links) || isUnreadable(loadedModules)) {
    return builtin === undefined ? undefined : false;
  }
  return links[driver] === undefined
    ? `sys/bus/pci/drivers/${driver}: no module`
    : `proc/modules: no ${module}`;
}

/** A built-in vfio-pci takes its options from the kernel's command line only. */
export function findBuiltinVfio({ machine, moves }: MachineContext): readonly Finding[] {
  if (!known(machine.setup.builtinModules)?.includes('vfio_pci')) return [];
  return [
    makeFinding('vfio-built-in', 'note', moves, {
      title: 'vfio-pci is built into the kernel',
      text: 'Its options in modprobe.d have no effect: ids go on the kernel command line, as vfio-pci.ids=',
      evidence: 'modules.builtin: vfio_pci',
    }),
  ];
}
