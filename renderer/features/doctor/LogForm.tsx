import { ActionIcon, Button, NativeSelect, Textarea } from '@mantine/core';
import { IconStethoscope, IconX } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { FilesButton } from '../../components/FilesButton.tsx';
import { bytesInWords } from '../../components/counted.ts';
import { selectHost, selectOpenHosts } from '../hosts/hosts-selectors.ts';
import { hostLabel } from '../hosts/source-words.ts';
import { selectLogs } from './doctor-selectors.ts';
import { logRemoved, logsCleared, logTyped } from './doctor-slice.ts';
import { addLogFiles, chooseDoctorHost, readLogs, readOwnLogs } from './doctor-thunks.ts';

/** Where logs come in: a box, files, and the host that they are of. */
export function LogForm() {
  const dispatch = useAppDispatch();
  const { pasted, withOwnLogs } = useAppSelector((state) => state.doctor);
  const logs = useAppSelector(selectLogs);
  return (
    <form
      className="log-form"
      onSubmit={(event) => {
        event.preventDefault();
        void dispatch(readLogs());
      }}
    >
      <Textarea
        label="Log lines"
        placeholder="vfio-pci 0000:01:00.0: …"
        classNames={{ input: 'mono paste-box' }}
        rows={7}
        value={pasted}
        onChange={(event) => dispatch(logTyped(event.currentTarget.value))}
        spellCheck={false}
      />
      <LogFiles />
      <div className="log-form__foot">
        <HostSelect />
        <div className="button-row">
          <OwnLogsButton />
          <FileButton />
          <Button
            variant="default"
            disabled={logs.length === 0 && !withOwnLogs}
            onClick={() => dispatch(logsCleared())}
          >
            Clear
          </Button>
          <Button
            type="submit"
            disabled={logs.length === 0}
            leftSection={<IconStethoscope size={15} stroke={1.7} aria-hidden />}
          >
            Read the log
          </Button>
        </div>
      </div>
    </form>
  );
}

function LogFiles() {
  const dispatch = useAppDispatch();
  const { files } = useAppSelector((state) => state.doctor);
  if (files.length === 0) return null;
  return (
    <ul className="chip-list" aria-label="Files to read">
      {files.map(({ name, text }) => (
        <li key={name} className="chip">
          <span className="mono">{name}</span>
          <span className="dim">{bytesInWords(text.length)}</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={20}
            aria-label={`Take ${name} away`}
            onClick={() => dispatch(logRemoved(name))}
          >
            <IconX size={13} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function HostSelect() {
  const dispatch = useAppDispatch();
  const hostId = useAppSelector((state) => state.doctor.hostId);
  const hosts = useAppSelector(selectOpenHosts);
  return (
    <NativeSelect
      className="log-form__host"
      size="xs"
      label="Join the facts of"
      value={hostId ?? ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        void dispatch(chooseDoctorHost(value === '' ? undefined : value));
      }}
    >
      <option value="">no host</option>
      {hosts.map((host) => (
        <option key={host.hostId} value={host.hostId}>
          {hostLabel(host)}
        </option>
      ))}
    </NativeSelect>
  );
}

/** For a host whose source holds logs. */
function OwnLogsButton() {
  const dispatch = useAppDispatch();
  const hostId = useAppSelector((state) => state.doctor.hostId);
  const host = useAppSelector((state) => selectHost(state, hostId ?? ''));
  if (host?.log === undefined) return null;
  return (
    <Button variant="default" onClick={() => void dispatch(readOwnLogs())}>
      Read the log of this host
    </Button>
  );
}

function FileButton() {
  const dispatch = useAppDispatch();
  return (
    <FilesButton
      variant="default"
      label="Logs to read"
      onFiles={(files) => void dispatch(addLogFiles(files))}
    >
      Choose files
    </FilesButton>
  );
}
