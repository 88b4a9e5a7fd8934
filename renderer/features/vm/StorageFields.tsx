import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { FoldedPart } from './FoldedPart.tsx';
import { SelectField, TextField } from './FormField.tsx';
import { changedAt, withoutAt, type VmEdit } from './vm-edit.ts';
import { NEW_DISK, usualPath, type FormDisk } from './vm-form.ts';
import { DISK_WORDS, FORMAT_WORDS } from './vm-words.ts';
import { counted } from '../../components/counted.ts';

/** Images and devices that the guest sees as disks. */
export function StorageFields({ edit }: { edit: VmEdit }) {
  const { form, problems, change } = edit;
  const { disks } = form;
  const add = (fresh: Partial<FormDisk>) =>
    change({ disks: [...disks, { ...NEW_DISK, ...fresh }] });
  return (
    <FoldedPart
      title="Disks"
      summary={disks.length === 0 ? 'none' : disks.map((disk) => wordsOf(edit, disk)).join(', ')}
      isOpen={Object.keys(problems).some((name) => name.startsWith('disks.'))}
    >
      {disks.map((disk, index) => (
        <DiskRow key={index} edit={edit} index={index} disk={disk} />
      ))}
      <div className="button-row">
        <Button
          variant="default"
          leftSection={<IconPlus size={15} stroke={1.7} aria-hidden />}
          disabled={disks.length >= 16}
          onClick={() => add({})}
        >
          Add a disk
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlus size={15} stroke={1.7} aria-hidden />}
          disabled={disks.length >= 16}
          onClick={() => add({ device: 'cdrom' })}
        >
          Add a CD
        </Button>
      </div>
      {disks.length > 1 ? (
        <p className="vm-hint">{counted(disks.length, 'drive')}, booted from in this order.</p>
      ) : null}
    </FoldedPart>
  );
}

function wordsOf({ form }: VmEdit, disk: FormDisk): string {
  const path = disk.path === '' ? usualPath(form, disk) : disk.path;
  return path.split('/').at(-1) ?? path;
}

function DiskRow({ edit, index, disk }: { edit: VmEdit; index: number; disk: FormDisk }) {
  const { form, problems, change } = edit;
  const set = (part: Partial<FormDisk>) => change({ disks: changedAt(form.disks, index, part) });
  const name = `${DISK_WORDS[disk.device]} ${index + 1}`;
  return (
    <div className="vm-row" role="group" aria-label={name}>
      <TextField
        className="vm-row__wide"
        label={`${name}: image or device`}
        value={disk.path}
        placeholder={usualPath(form, disk)}
        problem={problems[`disks.${index}.path`]}
        onChange={(path) => set({ path })}
        isMono
      />
      {disk.device === 'cdrom' ? null : (
        <SelectField
          label="Format"
          value={disk.format}
          words={FORMAT_WORDS}
          onChange={(format) => set({ format })}
        />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Remove ${name.toLowerCase()}`}
        onClick={() => change({ disks: withoutAt(form.disks, index) })}
      >
        <IconTrash size={15} stroke={1.7} aria-hidden />
      </ActionIcon>
    </div>
  );
}
