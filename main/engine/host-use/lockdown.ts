import { isUnreadable, known } from '../../../shared/fact.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { makeFinding, READ_AS_ROOT, unreadEvidence } from './make-finding.ts';
import type { MachineContext } from './use-context.ts';

/**
 * Secure boot and lockdown: VFIO works under both, tools beside it may not.
 *
 * @see Linux drivers/pci/pci-sysfs.c, `security_locked_down(LOCKDOWN_PCI_ACCESS)`
 */
export function findLockdown({ machine, moves }: MachineContext): readonly Finding[] {
  const { isSecureBoot, lockdown } = machine.setup;
  const level = known(lockdown);
  const isLocked = level !== undefined && level !== 'none';
  if (isLocked || known(isSecureBoot) === true) {
    return [
      makeFinding('secure-boot', 'note', moves, {
        title: isLocked ? `The kernel is locked down (${level})` : 'Secure boot is on',
        text: 'Binding to vfio-pci works. Unsigned modules (vendor-reset, kvmfr) are refused, and under lockdown registers and BARs cannot be reached from outside the kernel, so a ROM cannot be read that way',
        evidence: [
          ...(isLocked ? [`sys/kernel/security/lockdown: [${level}]`] : []),
          ...(known(isSecureBoot) === true ? ['efivars SecureBoot: 1'] : []),
        ].join('; '),
      }),
    ];
  }
  const unread = isUnreadable(lockdown)
    ? lockdown
    : isUnreadable(isSecureBoot)
      ? isSecureBoot
      : undefined;
  if (unread === undefined) return [];
  return [
    makeFinding('secure-boot-unknown', 'note', moves, {
      title: 'Whether secure boot or lockdown is on is not known',
      text: `Under either, unsigned modules such as vendor-reset are refused. ${READ_AS_ROOT}`,
      evidence: unreadEvidence(
        unread === lockdown ? 'sys/kernel/security/lockdown' : 'efivars SecureBoot',
        unread.errno,
      ),
    }),
  ];
}
