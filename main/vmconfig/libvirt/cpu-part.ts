import { formatCpuList } from '../../../shared/cpu-list.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import { element, elementWith, type XmlElement } from '../xml.ts';
import type { GateName } from './gates.ts';

/** `vcpu`, `iothreads`, `cputune` and `numatune`. */
export function tuningPart({ cpu, memory }: PlacedVm): readonly (XmlElement | undefined)[] {
  const { ioThreads } = cpu;
  return [
    element('vcpu', { placement: 'static' }, [String(cpu.count)]),
    ioThreads.length === 0 ? undefined : element('iothreads', {}, [String(ioThreads.length)]),
    elementWith('cputune', [
      ...cpu.pins.map(({ vcpu, cpus }) =>
        element('vcpupin', { vcpu, cpuset: formatCpuList(cpus) }),
      ),
      pinOf('emulatorpin', cpu.emulatorCpus),
      ...ioThreads.map(({ cpus }, index) => pinOf('iothreadpin', cpus, index + 1)),
    ]),
    memory.nodes.length === 0
      ? undefined
      : element('numatune', {}, [
          element('memory', { mode: 'strict', nodeset: formatCpuList(memory.nodes) }),
        ]),
  ];
}

function pinOf(name: string, cpus: readonly number[], iothread?: number): XmlElement | undefined {
  return cpus.length === 0 ? undefined : element(name, { iothread, cpuset: formatCpuList(cpus) });
}

/**
 * The processor of the host, as it is.
 *
 * @see libvirt docs/formatdomain.rst, "CPU model and topology"
 */
export function cpuPart(
  { cpu, architecture }: PlacedVm,
  open: ReadonlySet<GateName>,
): XmlElement | undefined {
  const { topology, hasHostAddressBits, addressBitsLimit } = cpu;
  if (!cpu.isHostModel) {
    return elementWith('cpu', [topology && element('topology', { ...topology })]);
  }
  const isX86 = architecture === 'x86_64';
  return element(
    'cpu',
    { mode: 'host-passthrough', check: 'none', migratable: isX86 ? 'off' : undefined },
    [
      topology && element('topology', { ...topology }),
      isX86 ? element('cache', { mode: 'passthrough' }) : undefined,
      hasHostAddressBits && open.has('maxphysaddr')
        ? element('maxphysaddr', {
            mode: 'passthrough',
            limit: open.has('addressLimit') ? addressBitsLimit : undefined,
          })
        : undefined,
      cpu.hasTopoext ? element('feature', { policy: 'require', name: 'topoext' }) : undefined,
    ],
  );
}
