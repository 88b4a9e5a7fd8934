import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import { MoveForm } from './MoveForm.tsx';
import { OverrideForm } from './OverrideForm.tsx';
import { PortForm } from './PortForm.tsx';
import { VirtualForm } from './VirtualForm.tsx';
import { selectOffered } from './whatif-selectors.ts';
import { changeAdded } from './whatif-slice.ts';

/** The changes that make sense on this host, the harmless ones first. */
export function ChangeForms({ host }: { host: HostRecord }) {
  const dispatch = useAppDispatch();
  const offered = useAppSelector((state) => selectOffered(state, host.hostId));
  if (offered === undefined) return null;
  const add = (value: string) => void dispatch(changeAdded({ hostId: host.hostId, value }));
  return (
    <div className="whatif-forms">
      {offered.canSwitchOn ? (
        <section className="whatif-form">
          <h3 className="whatif-form__title">Switch the IOMMU on</h3>
          <Button variant="default" onClick={() => add('iommu=on')}>
            Suppose that it is on
          </Button>
        </section>
      ) : null}
      <MoveForm offered={offered} onAdd={add} />
      <PortForm ports={offered.ports} onAdd={add} />
      <VirtualForm functions={offered.physicalFunctions} onAdd={add} />
      <TextForm
        title="Start another kernel"
        label="Version"
        placeholder="6.12 or 6.12.107"
        button="Suppose this kernel"
        onAdd={(version) => add(`kernel=${version}`)}
      />
      <OverrideForm hostId={host.hostId} onAdd={add} />
      <TextForm
        title="Any change, as on the command line"
        label="Change"
        placeholder="behind-switch=01:00.0:acs"
        button="Suppose it"
        onAdd={add}
      />
    </div>
  );
}

interface TextFormProps {
  readonly title: string;
  readonly label: string;
  readonly placeholder: string;
  readonly button: string;
  readonly onAdd: (text: string) => void;
}

function TextForm({ title, label, placeholder, button, onAdd }: TextFormProps) {
  const [text, setText] = useState('');
  const words = text.trim();
  return (
    <form
      className="whatif-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (words === '') return;
        onAdd(words);
        setText('');
      }}
    >
      <h3 className="whatif-form__title">{title}</h3>
      <TextInput
        aria-label={`${title}: ${label.toLowerCase()}`}
        placeholder={placeholder}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={words === ''}>
        {button}
      </Button>
    </form>
  );
}
