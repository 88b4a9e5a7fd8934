import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { VerdictBadge } from '../../components/VerdictBadge.tsx';
import { writeAddress } from '../../components/addresses.ts';
import { functionSelected, inspectorRevealed } from '../selection/selection-slice.ts';
import { selectAddressForm } from '../settings/settings-selectors.ts';
import { FoldedPart } from './FoldedPart.tsx';
import { TextField } from './FormField.tsx';
import { changedAt, withoutAt, type VmEdit } from './vm-edit.ts';
import { NEW_DEVICE, type FormDevice } from './vm-form.ts';
import { leadsOf } from './card-functions.ts';
import { formDevice } from './vm-thunks.ts';
import type { ChosenDevice } from './vm-selectors.ts';

interface ChosenDeviceCardProps {
  readonly hostId: string;
  readonly edit: VmEdit;
  readonly index: number;
  readonly device: ChosenDevice;
}

/** One device that the machine gets, with what can be said about how. */
export function ChosenDeviceCard({ hostId, edit, index, device }: ChosenDeviceCardProps) {
  const dispatch = useAppDispatch();
  const { form, change } = edit;
  const { bdf, fn, leftOut } = device;
  const addressForm = useAppSelector(selectAddressForm);
  const show = () => {
    dispatch(functionSelected(hostId, bdf));
    dispatch(inspectorRevealed());
  };
  return (
    <li className="vm-device">
      <div className="vm-device__head">
        <div className="vm-device__words">
          <span className="vm-device__name">{fn?.name ?? 'Not on this host any more'}</span>
          <span className="choice__facts">
            <button type="button" className="link-button" onClick={show}>
              <Address value={bdf} />
            </button>
            {fn === undefined ? null : <VerdictBadge verdict={fn.verdict} />}
          </span>
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Take ${fn?.name ?? bdf} out`}
          onClick={() => change({ devices: withoutAt(form.devices, index) })}
        >
          <IconX size={15} stroke={1.7} aria-hidden />
        </ActionIcon>
      </div>
      {fn === undefined ? null : <p className="vm-hint">{fn.sentence}</p>}
      {leftOut.length === 0 ? null : (
        <Button
          variant="default"
          onClick={() =>
            change({ devices: [...form.devices, ...leadsOf(leftOut).map(formDevice)] })
          }
        >
          Take the rest of group {fn?.groupId}:{' '}
          {leftOut.map((one) => writeAddress(one.bdf, addressForm)).join(', ')}
        </Button>
      )}
      <DeviceOptions edit={edit} index={index} device={device} />
    </li>
  );
}

function DeviceOptions({ edit, index, device }: Omit<ChosenDeviceCardProps, 'hostId'>) {
  const { form, problems, change } = edit;
  const entry = form.devices[index] ?? NEW_DEVICE;
  const set = (part: Partial<FormDevice>) =>
    change({ devices: changedAt(form.devices, index, part) });
  return (
    <FoldedPart
      title={entry.isVf ? 'Address and VLAN' : 'Card, ROM and boot'}
      summary={optionWords(entry, device)}
      isOpen={Object.keys(problems).some((name) => name.startsWith(`devices.${index}.`))}
    >
      {entry.isVf ? (
        <div className="vm-fields">
          <TextField
            label="MAC address"
            value={entry.mac}
            placeholder="chosen by the driver"
            problem={problems[`devices.${index}.mac`]}
            onChange={(mac) => set({ mac: mac.trim() })}
            isMono
          />
          <TextField
            label="VLAN"
            value={entry.vlan}
            placeholder="none"
            problem={problems[`devices.${index}.vlan`]}
            onChange={(vlan) => set({ vlan: vlan.trim() })}
            isMono
          />
        </div>
      ) : (
        <PciOptions edit={edit} index={index} entry={entry} device={device} set={set} />
      )}
    </FoldedPart>
  );
}

interface PciOptionsProps extends Omit<ChosenDeviceCardProps, 'hostId'> {
  readonly entry: FormDevice;
  readonly set: (part: Partial<FormDevice>) => void;
}

function PciOptions({ edit: { problems }, index, entry, device, set }: PciOptionsProps) {
  return (
    <>
      {device.others.length === 0 ? null : (
        <Checkbox
          label="The whole card"
          description={`With ${device.others.map(({ name, bdf }) => `${name} (${bdf.slice(-4)})`).join(', ')}`}
          checked={entry.isWholeCard}
          onChange={(event) => set({ isWholeCard: event.currentTarget.checked })}
        />
      )}
      <div className="vm-fields">
        <TextField
          label="ROM file"
          value={entry.isRomHidden ? '' : entry.romFile}
          placeholder="the card's own"
          problem={problems[`devices.${index}.romFile`]}
          onChange={(romFile) => set({ romFile, isRomHidden: false })}
          isMono
        />
        <TextField
          label="Boot order"
          value={entry.bootOrder}
          placeholder="not booted from"
          problem={problems[`devices.${index}.bootOrder`]}
          onChange={(bootOrder) => set({ bootOrder: bootOrder.trim() })}
          isMono
        />
      </div>
      <Checkbox
        label="Hide its ROM from the guest"
        checked={entry.isRomHidden}
        onChange={(event) => set({ isRomHidden: event.currentTarget.checked })}
      />
    </>
  );
}

function optionWords(entry: FormDevice, { others }: ChosenDevice): string {
  if (entry.isVf) {
    const words = [
      ...(entry.mac === '' ? [] : [entry.mac]),
      ...(entry.vlan === '' ? [] : [`VLAN ${entry.vlan}`]),
    ];
    return words.length === 0 ? 'none set' : words.join(', ');
  }
  const card = others.length === 0 ? [] : [entry.isWholeCard ? 'whole card' : 'this function only'];
  const rom = entry.isRomHidden ? ['no ROM'] : entry.romFile === '' ? [] : ['ROM file'];
  const boot = entry.bootOrder === '' ? [] : [`boot ${entry.bootOrder}`];
  return [...card, ...rom, ...boot].join(', ');
}
