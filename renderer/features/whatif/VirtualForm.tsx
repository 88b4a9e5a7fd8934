import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OfferedChanges } from './offered-changes.ts';

interface VirtualFormProps {
  readonly functions: OfferedChanges['physicalFunctions'];
  readonly onAdd: (word: string) => void;
}

/** Creates virtual functions of a device that can have some. */
export function VirtualForm({ functions, onAdd }: VirtualFormProps) {
  const [chosen, setChosen] = useState(functions[0]?.value ?? '');
  const [count, setCount] = useState('4');
  const most = functions.find(({ value }) => value === chosen)?.totalVfs ?? 0;
  const isGood = /^\d+$/.test(count) && Number(count) <= most;
  if (functions.length === 0) return null;
  return (
    <section className="whatif-form">
      <h3 className="whatif-form__title">Create virtual functions</h3>
      <NativeSelect
        size="xs"
        aria-label="Physical function"
        data={functions.map(({ value, label }) => ({ value, label }))}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <TextInput
        label={`How many, at most ${most}`}
        inputMode="numeric"
        value={count}
        onChange={(event) => setCount(event.currentTarget.value)}
      />
      <Button
        variant="default"
        disabled={!isGood}
        onClick={() => onAdd(`vfs=${chosen}:${Number(count)}`)}
      >
        Suppose them
      </Button>
    </section>
  );
}
