import { SegmentedControl } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { ExistingVm } from './ExistingVm.tsx';
import { VmFormPanel } from './VmFormPanel.tsx';
import { VmPreview } from './VmPreview.tsx';
import { severityCounts } from './severity-counts.ts';
import { selectVmDraft, selectVmView } from './vm-selectors.ts';
import { modeChosen } from './vm-slice.ts';
import { VM_TARGETS } from './vm-targets.ts';

/** From chosen devices to the text of a machine, or a machine that exists held against the host. */
export function VmPage({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { mode } = useAppSelector((state) => selectVmView(state, hostId));
  return (
    <div className="page-scroll vm-scroll" tabIndex={0} role="region" aria-label="Virtual machine">
      <div className="vm-page">
        <header className="vm-page__head">
          <SegmentedControl
            aria-label="Which machine"
            value={mode}
            data={[
              { value: 'new', label: 'New machine' },
              { value: 'existing', label: 'Existing machine' },
            ]}
            onChange={(value) =>
              dispatch(modeChosen({ hostId, mode: value === 'new' ? 'new' : 'existing' }))
            }
          />
          <p className="vm-hint">
            {mode === 'new'
              ? 'Nothing is made on the host: the text is yours to take there.'
              : 'What it takes of this host, and what would not work.'}
          </p>
        </header>
        {mode === 'new' ? (
          <div className="vm-columns">
            <VmFormPanel hostId={hostId} />
            <VmPreview hostId={hostId} />
          </div>
        ) : (
          <ExistingVm hostId={hostId} />
        )}
      </div>
      {mode === 'new' ? <ResultBar hostId={hostId} /> : null}
    </div>
  );
}

/** Where form and configuration are below each other: how it stands, and the way there. */
function ResultBar({ hostId }: { hostId: string }) {
  const { target } = useAppSelector((state) => selectVmDraft(state, hostId));
  const { report } = useAppSelector((state) => selectVmView(state, hostId));
  if (report.value === undefined) return null;
  return (
    <div className="vm-result-bar">
      <span>
        {VM_TARGETS[target].word}: {severityCounts(report.value.findings)}
      </span>
      <button type="button" className="link-button" onClick={showConfiguration}>
        Show the configuration
      </button>
    </div>
  );
}

function showConfiguration(): void {
  const element = document.getElementById('vm-configuration');
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'start' });
}
