import { Button, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useAppSelector } from '../app/hooks.ts';
import { selectAddressForm } from '../features/settings/settings-selectors.ts';
import { writeAddress } from './addresses.ts';

interface TypedAddressProps {
  readonly address: string;
  /** What happens then, on the button: `Take it all the same`. */
  readonly action: string;
  readonly onTyped: () => void;
}

/** A danger that only the typed address of its object lets pass. */
export function TypedAddress({ address, action, onTyped }: TypedAddressProps) {
  const form = useAppSelector(selectAddressForm);
  const [typed, setTyped] = useState('');
  const id = useId();
  const isRight = typed === address || `0000:${typed}` === address;
  return (
    <form
      className="typed-address"
      onSubmit={(event) => {
        event.preventDefault();
        if (isRight) onTyped();
      }}
    >
      <label htmlFor={id}>
        Type <strong className="address">{writeAddress(address, form)}</strong> to go on all the
        same
      </label>
      <div className="button-row">
        <TextInput
          id={id}
          classNames={{ input: 'mono' }}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value.trim().toLowerCase())}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" color="red.9" disabled={!isRight}>
          {action}
        </Button>
      </div>
    </form>
  );
}
