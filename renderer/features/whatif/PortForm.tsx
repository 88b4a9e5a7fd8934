import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { OfferedChanges } from './offered-changes.ts';

interface PortFormProps {
  readonly ports: OfferedChanges['ports'];
  readonly onAdd: (word: string) => void;
}

/** Switches ACS of one port on or off, as a firmware setting or another board would. */
export function PortForm({ ports, onAdd }: PortFormProps) {
  const [chosen, setChosen] = useState(ports[0]?.value ?? '');
  const isOn = ports.find(({ value }) => value === chosen)?.isOn === true;
  if (ports.length === 0) return null;
  return (
    <section className="whatif-form">
      <h3 className="whatif-form__title">Change ACS of a port</h3>
      <NativeSelect
        size="xs"
        aria-label="Port"
        data={ports.map((port) => ({
          value: port.value,
          label: `${port.label} (${port.isOn ? 'isolates' : 'does not isolate'})`,
        }))}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Button variant="default" onClick={() => onAdd(`acs=${chosen}:${isOn ? 'off' : 'on'}`)}>
        {isOn ? 'Suppose ACS off' : 'Suppose ACS on'}
      </Button>
    </section>
  );
}
