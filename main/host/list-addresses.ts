import { compareBdf, type Bdf } from '../../shared/bdf.ts';
import { ok, type Result } from '../../shared/result.ts';
import { exactBdf } from './device-path.ts';
import { MAX_FUNCTIONS } from './limits.ts';
import { PCI_DEVICES, type FunctionLocator } from './locate-function.ts';
import type { ProblemList } from './problem-list.ts';
import { quoteName } from './quote-name.ts';
import { readFailure, type ReadHostError } from './read-host-error.ts';
import { describeErrno, type Source } from './source.ts';

/**
 * Lists the addresses of all functions, in their order, from `sys/bus/pci/devices` or, in a tree
 * without it, from the directories below `sys/devices`.
 *
 * @returns Empty on a running host without a PCI bus. Fails where a tree of files records none.
 */
export function listAddresses(
  source: Source,
  locator: FunctionLocator,
  problems: ProblemList,
): Result<readonly Bdf[], ReadHostError> {
  const names = source.list(PCI_DEVICES);
  const isLive = source.info.kind === 'live';
  if (!names.ok && names.error.code !== 'absent') {
    return readFailure(source, 'unreadable', `${PCI_DEVICES}: ${describeErrno(names.error.errno)}`);
  }
  if (!names.ok && isLive) problems.add('missing', PCI_DEVICES, 'The kernel shows no PCI bus');
  const found = names.ok
    ? checkNames(names.value, problems)
    : isLive
      ? []
      : locator.searched().keys();
  const addresses = [...new Set(found)].sort(compareBdf);
  if (addresses.length > MAX_FUNCTIONS) {
    return readFailure(source, 'too-big', `it lists more than ${MAX_FUNCTIONS} PCI functions`);
  }
  if (addresses.length > 0 || names.ok || isLive) return ok(addresses);
  return readFailure(source, 'no-sysfs', `it holds no PCI functions (${PCI_DEVICES} is missing)`);
}

function checkNames(names: readonly string[], problems: ProblemList): readonly Bdf[] {
  return names.flatMap((name) => {
    const bdf = exactBdf(name);
    if (bdf) return [bdf];
    const text = `Skipped ${PCI_DEVICES}/${quoteName(name)}: not the address of a PCI function`;
    problems.add('unsafe-name', `${PCI_DEVICES}/${name}`, text);
    return [];
  });
}
