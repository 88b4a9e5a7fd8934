import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { DiffText } from '../../components/DiffText.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { writeAddress } from '../../components/addresses.ts';
import { selectAddressForm } from '../settings/settings-selectors.ts';
import { selectVmDraft, selectVmView } from './vm-selectors.ts';
import { modeChosen } from './vm-slice.ts';
import { askForMerge } from './vm-thunks.ts';

/** The domain with the devices that are chosen for the new machine. */
export function MergeDevices({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const addressForm = useAppSelector(selectAddressForm);
  const { devices } = useAppSelector((state) => selectVmDraft(state, hostId)).form;
  const { text, merge } = useAppSelector((state) => selectVmView(state, hostId));
  useEffect(() => {
    void dispatch(askForMerge(hostId));
  }, [dispatch, hostId, text, devices]);
  const names = devices.map(({ bdf }) => writeAddress(bdf, addressForm)).join(', ');
  const { value, failure } = merge;
  return (
    <section>
      <div className="vm-files">
        <h3 className="vm-subtitle">
          {devices.length === 0 ? 'Give it devices of this host' : `With ${names}`}
        </h3>
        <div className="button-row">
          {devices.length === 0 || value === undefined || value.diff === '' ? null : (
            <CopyButton label="Copy the whole domain" text={value.text} />
          )}
          <Button variant="default" onClick={() => dispatch(modeChosen({ hostId, mode: 'new' }))}>
            Choose devices
          </Button>
        </div>
      </div>
      {failure === undefined ? null : (
        <FailureCard title="Cannot put the devices into it" failure={failure} />
      )}
      {devices.length === 0 || value === undefined || failure !== undefined ? null : value.diff ===
        '' ? (
        <p className="vm-hint">It has them already.</p>
      ) : (
        <DiffText
          label="Difference with the chosen devices"
          lines={value.diff.trimEnd().split('\n')}
        />
      )}
    </section>
  );
}
