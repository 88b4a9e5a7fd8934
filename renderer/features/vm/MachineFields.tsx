import { SelectField, TextField } from './FormField.tsx';
import { nameOfForm } from './vm-form.ts';
import { GUEST_WORDS } from './vm-words.ts';
import type { VmEdit } from './vm-edit.ts';

/** What every machine has: a guest, a name, processors and memory. */
export function MachineFields({ edit: { form, problems, change } }: { edit: VmEdit }) {
  return (
    <fieldset className="vm-part">
      <legend className="vm-part__title">Machine</legend>
      <div className="vm-fields">
        <SelectField
          label="Guest"
          value={form.guest}
          words={GUEST_WORDS}
          onChange={(guest) => change({ guest })}
        />
        <TextField
          label="Name"
          value={form.name}
          placeholder={nameOfForm({ ...form, name: '' })}
          problem={problems['name']}
          onChange={(name) => change({ name })}
        />
        <TextField
          label="Processors"
          value={form.cpus}
          problem={problems['cpus']}
          onChange={(cpus) => change({ cpus: cpus.trim() })}
          isMono
        />
        <TextField
          label="Memory in GiB"
          value={form.memoryGib}
          problem={problems['memoryGib']}
          onChange={(memoryGib) => change({ memoryGib: memoryGib.trim() })}
          isMono
        />
      </div>
    </fieldset>
  );
}
