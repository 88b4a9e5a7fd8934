import { useMemo } from 'react';
import type { VmImport } from '../../../shared/vm-import.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { DiffText } from '../../components/DiffText.tsx';
import { selectFunction } from '../hosts/hosts-selectors.ts';
import { functionSelected, inspectorRevealed } from '../selection/selection-slice.ts';
import { ConfigText } from './ConfigText.tsx';
import { MergeDevices } from './MergeDevices.tsx';
import { VmFindings } from './VmFindings.tsx';
import { numberFindings } from './config-lines.ts';
import { DEVICE_STATES } from './device-states.ts';
import { focusFinding } from './finding-focus.ts';
import { severityCounts } from './severity-counts.ts';

interface ExistingAnswerProps {
  readonly hostId: string;
  readonly answer: VmImport;
  readonly text: string;
}

const FORMATS: Readonly<Record<VmImport['lint']['configuration'], string>> = {
  libvirt: 'a libvirt domain',
  qemu: 'a QEMU command line',
  proxmox: 'a machine of Proxmox',
};

/** What a machine takes of the host, what would not work, and how it would be mended. */
export function ExistingAnswer({ hostId, answer, text }: ExistingAnswerProps) {
  const { lint, devices } = answer;
  const { mended } = lint;
  const findings = useMemo(() => numberFindings(lint.findings), [lint.findings]);
  return (
    <>
      <div role="status">
        <h2 className="vm-subtitle">
          {lint.name}, {FORMATS[lint.configuration]}{' '}
          <span className="dim">{severityCounts(lint.findings)}</span>
        </h2>
      </div>
      <section aria-label="Devices that it takes">
        {devices.length === 0 ? (
          <p className="vm-hint">It takes no function of the host.</p>
        ) : (
          <ul className="vm-states">
            {devices.map((device) => (
              <DeviceState key={device.bdf} hostId={hostId} device={device} />
            ))}
          </ul>
        )}
      </section>
      <VmFindings findings={findings} onJump={({ number }) => focusFinding(number)} />
      {mended === undefined ? null : (
        <section>
          <div className="vm-files">
            <h3 className="vm-subtitle">Corrected</h3>
            <CopyButton label="Copy the corrected text" text={mended.text} />
          </div>
          <DiffText
            label="Difference to the corrected machine"
            lines={mended.diff.trimEnd().split('\n')}
          />
        </section>
      )}
      {lint.configuration === 'libvirt' ? <MergeDevices hostId={hostId} /> : null}
      <section>
        <h3 className="vm-subtitle">The text with its findings</h3>
        <ConfigText label="Text of the machine" text={text} findings={findings} file={0} />
      </section>
      {lint.left.length === 0 ? null : (
        <p className="vm-hint">Not judged, and left as it is: {lint.left.join(', ')}.</p>
      )}
    </>
  );
}

function DeviceState({ hostId, device }: { hostId: string; device: VmImport['devices'][number] }) {
  const dispatch = useAppDispatch();
  const { bdf, state, text } = device;
  const fn = useAppSelector((all) => selectFunction(all, hostId, bdf));
  const look = DEVICE_STATES[state];
  const show = () => {
    dispatch(functionSelected(hostId, bdf));
    dispatch(inspectorRevealed());
  };
  return (
    <li className="vm-state">
      <span className={`state-badge tone-${look.tone}`}>{look.word}</span>
      <div className="vm-state__words">
        <p className="vm-state__name">
          {fn === undefined ? (
            <Address value={bdf} />
          ) : (
            <button type="button" className="link-button" onClick={show}>
              <Address value={bdf} />
            </button>
          )}{' '}
          {fn?.name}
        </p>
        <p className="vm-hint">{text}</p>
      </div>
    </li>
  );
}
