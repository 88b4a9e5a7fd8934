import { shortBdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { isHostPart } from '../host-parts.ts';
import { driverOf, isVfioDriver } from '../viability.ts';
import { listNames, makeFinding, READ_AS_ROOT } from './make-finding.ts';
import type { MachineContext } from './use-context.ts';
import { vfioUsers } from './vfio-users.ts';

/** A VM that runs with the group already: only one can have it. */
export function findVmInUse({ members, moves, engine }: MachineContext): readonly Finding[] {
  const claimed = moves.filter((node) => isVfioDriver(known(driverOf(node)) ?? ''));
  const users = vfioUsers(members, engine);
  if (users === undefined) {
    if (claimed.length === 0) return [];
    return [
      makeFinding('vm-use-unknown', 'note', claimed, {
        title: `Whether a VM runs with ${listNames(claimed.map(({ bdf }) => shortBdf(bdf)))} is not known`,
        text: READ_AS_ROOT,
        evidence: 'proc/*/fd: processes of others not seen',
      }),
    ];
  }
  const [user] = users;
  if (user === undefined) return [];
  return [
    makeFinding('vm-uses-it', 'stop', claimed.length > 0 ? claimed : moves, {
      title: `A VM has the group already: ${user.processName} (process ${user.processId})`,
      text: 'Shut that VM down first; a group belongs to one VM at a time',
      evidence: `proc/${user.processId}/fd: ${user.node}`,
    }),
  ];
}

/** Machines whose configuration names a function; it says nothing about whether they run. */
export function findConfiguredVms({ moves, machine }: MachineContext): readonly Finding[] {
  const configured = known(machine.users.configured) ?? [];
  return moves.flatMap((node) => {
    if (isHostPart(node)) return [];
    const entries = configured.filter(({ bdf }) => bdf === node.bdf);
    if (entries.length === 0) return [];
    const names = [...new Set(entries.map(({ machine: name }) => name))];
    return [
      makeFinding('vm-configured', 'note', node, {
        title: `${listNames(names)} ${names.length === 1 ? 'is a VM' : 'are VMs'} set up with ${shortBdf(node.bdf)}`,
        text: 'Two VMs cannot run with one function at the same time',
        evidence: listNames([...new Set(entries.map(({ source }) => source))]),
      }),
    ];
  });
}
