import type { ReactNode } from 'react';
import type { FunctionView } from '../../../shared/view.ts';
import { useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { ACS_STATES } from '../../components/acs-states.ts';
import { bytesInWords } from '../../components/counted.ts';
import { selectDriverWord } from '../hosts/hosts-selectors.ts';

/** What was read of the function itself. */
export function FactsSection({ hostId, fn }: { hostId: string; fn: FunctionView }) {
  const driver = useAppSelector((state) => selectDriverWord(state, hostId, fn.bdf));
  const facts = functionFacts(fn, driver).filter(({ value }) => value !== undefined);
  return (
    <section className="panel">
      <h3 className="panel-title">Facts</h3>
      <dl className="fact-list">
        {facts.map(({ name, value, isMono }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={isMono === true ? 'mono' : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      {fn.unread.length === 0 ? null : (
        <>
          <h4 className="panel-subtitle">Not readable</h4>
          <ul className="unread">
            {fn.unread.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface Fact {
  readonly name: string;
  readonly value: ReactNode;
  readonly isMono?: true;
}

function functionFacts(fn: FunctionView, driver: string): readonly Fact[] {
  const address = (bdf: string | undefined) =>
    bdf === undefined ? undefined : <Address value={bdf} />;
  return [
    { name: 'Role', value: fn.role },
    { name: 'ACS', value: `${ACS_STATES[fn.acs].word}: ${fn.acsText}` },
    { name: 'Driver', value: driver, isMono: true },
    { name: 'driver_override', value: fn.driverOverride, isMono: true },
    {
      name: 'Used as',
      value: fn.children.length === 0 ? undefined : fn.children.join(', '),
      isMono: true,
    },
    {
      name: 'IDs',
      value: [fn.ids, fn.subsystemIds].filter((id) => id !== undefined).join(' · '),
      isMono: true,
    },
    { name: 'Revision', value: fn.revision, isMono: true },
    { name: 'Below', value: address(fn.parent) ?? `root bus ${fn.rootBus}` },
    { name: 'Physical function', value: address(fn.physicalFunction) },
    { name: 'Link', value: fn.link },
    {
      name: 'Memory',
      value: fn.memoryBytes === undefined ? undefined : bytesInWords(fn.memoryBytes),
    },
    {
      name: 'Reset',
      value: fn.resetMethods === undefined ? 'not known' : fn.resetMethods.join(', ') || 'none',
    },
    { name: 'NUMA node', value: fn.numaNode },
    {
      name: 'Slot',
      value:
        [fn.physicalSlot, fn.label].filter((word) => word !== undefined).join(' · ') || undefined,
    },
    { name: 'Boot display', value: fn.isBootVga ? 'yes' : undefined },
  ];
}
