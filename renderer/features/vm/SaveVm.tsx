import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { FailureCard } from '../../components/FailureCard.tsx';
import { selectAppInfo } from '../connection/connection-selectors.ts';
import { selectVmView } from './vm-selectors.ts';
import { saveVm } from './vm-thunks.ts';

interface SaveVmProps {
  readonly hostId: string;
  /** What would be saved is not what is shown. */
  readonly isOld: boolean;
  readonly count: number;
}

/** Saves every file of the target, and says where they are. */
export function SaveVm({ hostId, isOld, count }: SaveVmProps) {
  const dispatch = useAppDispatch();
  const hasDialog = useAppSelector(selectAppInfo)?.hasFileDialog ?? false;
  const { saved, saveFailure } = useAppSelector((state) => selectVmView(state, hostId));
  const verb = hasDialog ? 'Save' : 'Download';
  return (
    <>
      <Button
        variant="default"
        disabled={isOld}
        leftSection={<IconDownload size={15} stroke={1.7} aria-hidden />}
        onClick={() => void dispatch(saveVm(hostId))}
      >
        {count === 1 ? verb : `${verb} all ${count}`}
      </Button>
      {saved === undefined ? null : (
        <span className="dim" role="status">
          {saved.kind === 'folder' ? `Saved in ${saved.path}` : `Downloaded as ${saved.name}`}
        </span>
      )}
      {saveFailure === undefined ? null : (
        <FailureCard title="Cannot save the machine" failure={saveFailure} />
      )}
    </>
  );
}
