import { Button, Modal, Skeleton } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { FailureCard } from '../../components/FailureCard.tsx';
import { selectAppInfo } from '../connection/connection-selectors.ts';
import { RedactionTable } from './RedactionTable.tsx';
import type { Copying } from './export-slice.ts';
import { closeCopy, saveCopy } from './export-thunks.ts';

/** Shows what a copy without names and serials replaces, and saves it. */
export function RedactionDialog() {
  const dispatch = useAppDispatch();
  const copying = useAppSelector((state) => state.export.copying);
  return (
    <Modal
      opened={copying !== undefined}
      onClose={() => void dispatch(closeCopy())}
      title="Copy without names and serials"
      size={680}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {copying === undefined ? null : <Copy copying={copying} />}
    </Modal>
  );
}

function Copy({ copying }: { copying: Copying }) {
  const { title, preview, failure, said } = copying;
  return (
    <div className="redaction">
      <p>
        A copy of <strong>{title}</strong> with a token in the place of each name, address and
        serial number, the same one everywhere. The original stays as it is, and nothing leaves this
        computer.
      </p>
      {preview === undefined && failure === undefined ? (
        <div role="status" aria-label="Looking through the file">
          <Skeleton height={22} width={260} />
          <Skeleton height={120} mt={12} />
        </div>
      ) : null}
      {preview === undefined ? null : <RedactionTable preview={preview} />}
      {failure === undefined ? null : (
        <FailureCard title="Cannot make the copy" failure={failure} />
      )}
      <p className="redaction__said" role="status">
        {said}
      </p>
      <Actions copying={copying} />
    </div>
  );
}

function Actions({ copying: { preview, isSaving, said } }: { copying: Copying }) {
  const dispatch = useAppDispatch();
  const hasDialog = useAppSelector(selectAppInfo)?.hasFileDialog ?? false;
  const canSave = preview?.hasChanged === true && said === undefined;
  return (
    <div className="button-row">
      {canSave ? (
        <Button loading={isSaving} onClick={() => void dispatch(saveCopy())}>
          {hasDialog ? `Save ${preview.name}` : `Download ${preview.name}`}
        </Button>
      ) : null}
      <Button variant="default" onClick={() => void dispatch(closeCopy())}>
        Close
      </Button>
    </div>
  );
}
