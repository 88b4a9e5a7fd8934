import { Button } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { DeviceFields } from './DeviceFields.tsx';
import { MachineFields } from './MachineFields.tsx';
import { MoreFields } from './MoreFields.tsx';
import { NetworkFields } from './NetworkFields.tsx';
import { ScreenFields } from './ScreenFields.tsx';
import { StorageFields } from './StorageFields.tsx';
import { useVmEdit } from './vm-edit.ts';
import { selectVmSource } from './vm-selectors.ts';
import { formCleared } from './vm-slice.ts';

/** What is wished: what everybody says first, and the rest folded below. */
export function VmFormPanel({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const source = useAppSelector((state) => selectVmSource(state, hostId));
  const edit = useVmEdit(hostId);
  return (
    <form className="vm-form" aria-label="Machine" onSubmit={(event) => event.preventDefault()}>
      <MachineFields edit={edit} />
      <DeviceFields hostId={hostId} edit={edit} />
      <div className="vm-part">
        <ScreenFields edit={edit} />
        <StorageFields edit={edit} />
        <NetworkFields edit={edit} />
        <MoreFields edit={edit} />
      </div>
      <div className="button-row">
        <Button variant="subtle" color="gray" onClick={() => dispatch(formCleared({ source }))}>
          Begin anew
        </Button>
        <span className="vm-hint">Kept for this host, also when Airlock ends.</span>
      </div>
    </form>
  );
}
