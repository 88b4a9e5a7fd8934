import { Button, Skeleton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useEffect, useRef, type DragEvent } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { FailureCard } from '../../components/FailureCard.tsx';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { ExistingAnswer } from './ExistingAnswer.tsx';
import { selectVmView } from './vm-selectors.ts';
import { textTaken } from './vm-slice.ts';
import { askForLint, takeVmFile } from './vm-thunks.ts';

/** Long enough that typing is one question. */
const SETTLE_MS = 300;

/** A machine that exists: its text, and what this host has to say about it. */
export function ExistingVm({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { text, existing } = useAppSelector((state) => selectVmView(state, hostId));
  const reading = useAppSelector((state) => selectHost(state, hostId)?.reading);
  useEffect(() => {
    const timer = setTimeout(() => void dispatch(askForLint(hostId)), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [dispatch, hostId, text, reading]);
  return (
    <div className="vm-existing">
      <TextIntake hostId={hostId} />
      {existing.failure === undefined ? null : (
        <FailureCard title="Cannot read this machine" failure={existing.failure} />
      )}
      {existing.isWaiting && existing.value === undefined ? <Skeleton height={160} /> : null}
      {existing.value === undefined ? null : (
        <ExistingAnswer hostId={hostId} answer={existing.value} text={text} />
      )}
    </div>
  );
}

/** Where the text comes from: pasted, dropped or chosen. */
function TextIntake({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { text } = useAppSelector((state) => selectVmView(state, hostId));
  const input = useRef<HTMLInputElement>(null);
  const take = (file: File | undefined) => {
    if (file !== undefined) void dispatch(takeVmFile(hostId, file));
  };
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  };
  return (
    <section className="vm-intake" data-takes-files onDrop={drop}>
      <label htmlFor="vm-text" className="vm-intake__label">
        Domain XML, a QEMU command line, or the configuration of a Proxmox machine
      </label>
      <textarea
        id="vm-text"
        className="vm-intake__text mono"
        rows={text === '' ? 10 : 5}
        value={text}
        placeholder="Paste it, or drop a file here: virsh dumpxml NAME, ps -ww -C qemu-system-x86_64 -o args, /etc/pve/qemu-server/101.conf"
        spellCheck={false}
        onChange={(event) => dispatch(textTaken({ hostId, text: event.currentTarget.value }))}
      />
      <div className="button-row">
        <Button
          variant="default"
          leftSection={<IconFileImport size={15} stroke={1.7} aria-hidden />}
          onClick={() => input.current?.click()}
        >
          Choose a file
        </Button>
        {text === '' ? null : (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => dispatch(textTaken({ hostId, text: '' }))}
          >
            Clear it
          </Button>
        )}
        <span className="vm-hint">
          It stays here: nothing is sent anywhere, nothing is changed.
        </span>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="Configuration to read"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
    </section>
  );
}
