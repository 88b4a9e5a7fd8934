import type { Channel } from '../../shared/contract.ts';
import { known } from '../../shared/fact.ts';
import { failure, ok } from '../../shared/result.ts';
import { unifiedDiff } from '../binding/boot/unified-diff.ts';
import { exportVm } from './export-vm.ts';
import { importVm } from './import-vm.ts';
import { mergeConfiguration } from './merge-configuration.ts';
import { withHost, type Handlers } from './session.ts';
import { vmReport } from './vm-report.ts';

type VmChannel = Extract<Channel, 'host:vm' | `vm:${string}`>;

/** The channels about virtual machines. */
export const vmHandlers: Handlers<VmChannel> = {
  'host:vm': ({ shelf }, { hostId, ...request }) =>
    withHost(shelf, hostId, ({ analysis }) => vmReport(analysis, request)),
  'vm:export': ({ shelf, platform }, { hostId, ...request }) =>
    withHost(shelf, hostId, ({ analysis }) => exportVm(platform, analysis, request)),
  'vm:lint': ({ shelf }, { hostId, text }) =>
    withHost(shelf, hostId, ({ analysis }) => importVm(text, analysis)),
  'vm:merge': ({ shelf }, { hostId, text, addresses }) =>
    withHost(shelf, hostId, ({ analysis }) => {
      const version = known(analysis.host.machine?.hypervisor.libvirt);
      const merged = mergeConfiguration(text, addresses, analysis, version);
      if (!merged.ok) return failure('bad-arguments', merged.error.message);
      const { alreadyThere } = merged.value;
      return ok({
        text: merged.value.text,
        diff: unifiedDiff('domain.xml', text, merged.value.text),
        alreadyThere: [...alreadyThere],
      });
    }),
};
