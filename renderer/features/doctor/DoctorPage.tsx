import { Button, Skeleton } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { Diagnoses } from './Diagnoses.tsx';
import { LogForm } from './LogForm.tsx';
import { readLogs } from './doctor-thunks.ts';

/** What the lines of logs mean, the root cause first. */
export function DoctorPage() {
  return (
    <div className="plain-page plain-page--wide">
      <h1>Log doctor</h1>
      <p className="plain-page__lead">
        Paste lines of a kernel log, a journal, QEMU or libvirt, or choose their files. Airlock says
        what the known lines mean, which one is the cause, and what to do. Nothing is sent anywhere.
      </p>
      <LogForm />
      <Answer />
    </div>
  );
}

function Answer() {
  const dispatch = useAppDispatch();
  const { isReading, answer, failure } = useAppSelector((state) => state.doctor);
  if (failure !== undefined) {
    return (
      <FailureCard title="Cannot read the log" failure={failure}>
        <Button onClick={() => void dispatch(readLogs())}>Read it again</Button>
      </FailureCard>
    );
  }
  if (answer !== undefined) return <Diagnoses answer={answer} />;
  if (isReading) {
    return (
      <div role="status" aria-label="Reading the log">
        <Skeleton height={22} width={220} />
        <Skeleton height={120} mt={12} />
      </div>
    );
  }
  return (
    <EmptyState
      title="No log yet"
      text="dmesg and /var/log/libvirt/qemu/NAME.log say the most. Several logs of one host are read as one story."
    />
  );
}
