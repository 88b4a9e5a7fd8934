import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { FoldedPart } from './FoldedPart.tsx';
import { SelectField, TextField } from './FormField.tsx';
import { changedAt, withoutAt, type VmEdit } from './vm-edit.ts';
import { NEW_NETWORK, type FormNetwork } from './vm-form.ts';
import { NETWORK_WORDS } from './vm-words.ts';

/** Where an empty name leads. */
const USUAL_NAMES: Readonly<Record<FormNetwork['kind'], string>> = {
  network: 'default',
  bridge: 'br0',
  user: '',
};

/** Emulated network cards; one of the host is chosen with the devices. */
export function NetworkFields({ edit }: { edit: VmEdit }) {
  const { form, problems, change } = edit;
  const { networks } = form;
  return (
    <FoldedPart
      title="Networks"
      summary={networks.length === 0 ? 'none' : networks.map(wordsOf).join(', ')}
      isOpen={Object.keys(problems).some((name) => name.startsWith('networks.'))}
    >
      {networks.map((network, index) => (
        <NetworkRow key={index} edit={edit} index={index} network={network} />
      ))}
      <div className="button-row">
        <Button
          variant="default"
          leftSection={<IconPlus size={15} stroke={1.7} aria-hidden />}
          disabled={networks.length >= 8}
          onClick={() => change({ networks: [...networks, NEW_NETWORK] })}
        >
          Add a network
        </Button>
      </div>
    </FoldedPart>
  );
}

function wordsOf({ kind, name }: FormNetwork): string {
  return kind === 'user' ? 'behind QEMU' : `${kind} ${name === '' ? USUAL_NAMES[kind] : name}`;
}

interface NetworkRowProps {
  readonly edit: VmEdit;
  readonly index: number;
  readonly network: FormNetwork;
}

function NetworkRow({ edit, index, network }: NetworkRowProps) {
  const { form, problems, change } = edit;
  const set = (part: Partial<FormNetwork>) =>
    change({ networks: changedAt(form.networks, index, part) });
  const { kind, name, mac } = network;
  return (
    <div className="vm-row" role="group" aria-label={`Network ${index + 1}`}>
      <SelectField
        label={`Network ${index + 1}`}
        value={kind}
        words={NETWORK_WORDS}
        onChange={(next) => set({ kind: next })}
      />
      {kind === 'user' ? null : (
        <TextField
          label="Its name"
          value={name}
          placeholder={USUAL_NAMES[kind]}
          problem={problems[`networks.${index}.name`]}
          onChange={(next) => set({ name: next })}
          isMono
        />
      )}
      <TextField
        label="MAC address"
        value={mac}
        placeholder="chosen at the start"
        problem={problems[`networks.${index}.mac`]}
        onChange={(next) => set({ mac: next.trim() })}
        isMono
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Remove network ${index + 1}`}
        onClick={() => change({ networks: withoutAt(form.networks, index) })}
      >
        <IconTrash size={15} stroke={1.7} aria-hidden />
      </ActionIcon>
    </div>
  );
}
