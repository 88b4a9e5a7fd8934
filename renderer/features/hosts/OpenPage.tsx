import { Button, TextInput } from '@mantine/core';
import { IconFileUpload, IconFolderOpen } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { selectAppInfo } from '../connection/connection-selectors.ts';
import { RecentSources } from '../recent/RecentSources.tsx';
import { PasteForm } from './PasteForm.tsx';
import { chooseFile, openFile, openSource } from './hosts-thunks.ts';

/** Everything that opens something else than this host. */
export function OpenPage() {
  return (
    <div className="plain-page">
      <h1>Open</h1>
      <p className="plain-page__lead">
        Airlock reads its own snapshots, sysfs trees, sosreports, diagnostics of Unraid and Proxmox,
        and texts of lspci, dmesg and virsh, and tells them by what is in them. Nothing is sent
        anywhere.
      </p>
      <ChooseFile />
      <PasteForm />
      <PathForm />
      <RecentSources />
      <section className="open-section">
        <h2>Snapshot of another host</h2>
        <CollectorAdvice />
      </section>
    </div>
  );
}

/** The collector is one file for any host with a shell; it can be read in full before it runs. */
function CollectorAdvice() {
  const collector = useAppSelector(selectAppInfo)?.collectorPath;
  return (
    <>
      <p>
        Copy the collector to the other host
        {collector === undefined ? null : ': one shell script, '}
        <span className="mono">{collector}</span>. It only reads. Run it there as root, then open
        the file that it writes.
      </p>
      <CommandLine command="sudo sh airlock-collect --out host.tar.gz" />
    </>
  );
}

function ChooseFile() {
  const dispatch = useAppDispatch();
  const hasDialog = useAppSelector(selectAppInfo)?.hasFileDialog ?? false;
  const input = useRef<HTMLInputElement>(null);
  const choose = () => {
    if (hasDialog) void dispatch(chooseFile());
    else input.current?.click();
  };
  return (
    <section className="drop-field">
      <IconFileUpload size={28} stroke={1.4} aria-hidden />
      <p>Drop files anywhere on this window</p>
      <Button onClick={choose}>Choose a file</Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File to open"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) void dispatch(openFile(file));
        }}
      />
    </section>
  );
}

function PathForm() {
  const dispatch = useAppDispatch();
  const [path, setPath] = useState('');
  const isNamed = path.startsWith('/') || path.startsWith('ssh://');
  return (
    <form
      className="open-section"
      onSubmit={(event) => {
        event.preventDefault();
        if (isNamed) void dispatch(openSource({ kind: 'path', path }));
      }}
    >
      <h2>Path or host</h2>
      <p>
        A path on this computer, or a host by SSH: ssh runs with your own keys and settings, and the
        collector leaves nothing there.
      </p>
      <div className="path-form">
        <TextInput
          className="path-form__field"
          aria-label="Path of a file or a folder, or a host"
          placeholder="/home/me/host.tar.gz or ssh://root@host"
          classNames={{ input: 'mono' }}
          value={path}
          onChange={(event) => setPath(event.currentTarget.value.trim())}
          error={
            path === '' || isNamed || 'ssh://'.startsWith(path)
              ? undefined
              : 'Begin a path with a slash, a host with ssh://'
          }
          spellCheck={false}
        />
        <Button
          type="submit"
          variant="default"
          disabled={!isNamed}
          leftSection={<IconFolderOpen size={15} stroke={1.7} aria-hidden />}
        >
          Open it
        </Button>
      </div>
    </form>
  );
}
