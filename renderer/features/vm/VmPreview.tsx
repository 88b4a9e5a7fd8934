import { Skeleton, Tabs } from '@mantine/core';
import { useMemo } from 'react';
import type { VmReport } from '../../../shared/vm-report.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { ConfigText } from './ConfigText.tsx';
import { SaveVm } from './SaveVm.tsx';
import { TargetChoice } from './TargetChoice.tsx';
import { VmAdvice } from './VmAdvice.tsx';
import { VmFindings } from './VmFindings.tsx';
import { numberFindings, type NumberedFinding } from './config-lines.ts';
import { focusFinding } from './finding-focus.ts';
import { severityCounts } from './severity-counts.ts';
import { useVmReport } from './use-vm-report.ts';
import { selectFormProblems, selectVmDraft, selectVmView } from './vm-selectors.ts';
import { fileChosen } from './vm-slice.ts';
import { VM_TARGETS } from './vm-targets.ts';

/** The configuration as the form stands, for one target. */
export function VmPreview({ hostId }: { hostId: string }) {
  useVmReport(hostId);
  const { target } = useAppSelector((state) => selectVmDraft(state, hostId));
  const { report } = useAppSelector((state) => selectVmView(state, hostId));
  const problems = useAppSelector((state) => selectFormProblems(state, hostId));
  const hasProblems = Object.keys(problems).length > 0;
  return (
    <section className="vm-preview" id="vm-configuration" aria-label="Configuration" tabIndex={-1}>
      <TargetChoice hostId={hostId} />
      <p className="vm-preview__status" role="status">
        <span className="dim">{VM_TARGETS[target].use}.</span>{' '}
        {statusWords(report.value, hasProblems, report.isWaiting)}
      </p>
      {report.failure === undefined ? null : (
        <FailureCard title="Cannot write this machine" failure={report.failure} />
      )}
      {report.value === undefined ? (
        report.failure === undefined ? (
          <Skeleton height={360} />
        ) : null
      ) : (
        <ReportBody
          hostId={hostId}
          report={report.value}
          isOld={report.value.target !== target || hasProblems || report.failure !== undefined}
        />
      )}
    </section>
  );
}

function statusWords(report: VmReport | undefined, hasProblems: boolean, isWaiting: boolean) {
  if (hasProblems) return 'Mend the marked fields: this is from before.';
  if (report === undefined) return 'Writing it.';
  return isWaiting ? 'Writing it anew.' : `${severityCounts(report.findings)}.`;
}

interface ReportBodyProps {
  readonly hostId: string;
  readonly report: VmReport;
  /** The form is ahead of it. */
  readonly isOld: boolean;
}

function ReportBody({ hostId, report, isOld }: ReportBodyProps) {
  const dispatch = useAppDispatch();
  const { shownFile } = useAppSelector((state) => selectVmView(state, hostId));
  const findings = useMemo(() => numberFindings(report.findings), [report.findings]);
  const { files } = report;
  const at = shownFile < files.length ? shownFile : 0;
  const jump = ({ number, finding }: NumberedFinding) => {
    if (finding.place !== undefined) dispatch(fileChosen({ hostId, file: finding.place.file }));
    focusFinding(number);
  };
  return (
    <div className="vm-report" data-old={isOld}>
      <VmFindings findings={findings} onJump={jump} />
      <Tabs
        value={String(at)}
        onChange={(value) => dispatch(fileChosen({ hostId, file: Number(value ?? 0) }))}
        keepMounted={false}
      >
        <div className="vm-files">
          <Tabs.List aria-label="Files">
            {files.map(({ name }, index) => (
              <Tabs.Tab key={name} value={String(index)} className="mono">
                {name}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <div className="button-row">
            <CopyButton label="Copy" text={files[at]?.text ?? ''} />
            <SaveVm hostId={hostId} isOld={isOld} count={files.length} />
          </div>
        </div>
        {files.map(({ name, text }, index) => (
          <Tabs.Panel key={name} value={String(index)}>
            <ConfigText label={name} text={text} findings={findings} file={index} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <VmAdvice report={report} />
    </div>
  );
}
