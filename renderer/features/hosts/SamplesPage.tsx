import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { selectHostOfSample, selectSamples, selectSamplesFailure } from './hosts-selectors.ts';
import { listSamples, openSample } from './hosts-thunks.ts';

/** Bundled hosts for a first look, each with what it teaches. */
export function SamplesPage() {
  const dispatch = useAppDispatch();
  const samples = useAppSelector(selectSamples);
  const failure = useAppSelector(selectSamplesFailure);
  const hostOfSample = useAppSelector(selectHostOfSample);
  return (
    <div className="plain-page">
      <h1>Samples</h1>
      <p className="plain-page__lead">
        Hosts that come with Airlock. Each one shows something that happens on real boards; opening
        one changes nothing on this computer.
      </p>
      {failure === undefined ? null : (
        <FailureCard title="Cannot list the samples" failure={failure}>
          <Button onClick={() => void dispatch(listSamples())}>List them again</Button>
        </FailureCard>
      )}
      {samples.length === 0 && failure === undefined ? (
        <EmptyState title="No samples here" text="This build of Airlock carries no sample hosts." />
      ) : null}
      <ul className="sample-list">
        {samples.map(({ id, title, teaches }) => (
          <li key={id}>
            <button type="button" className="sample" onClick={() => void dispatch(openSample(id))}>
              <span className="sample__words">
                <span className="sample__title">
                  {title}
                  {hostOfSample[id] === undefined ? null : <span className="tag">open</span>}
                </span>
                <span className="sample__text">{teaches}</span>
              </span>
              <IconArrowRight size={18} stroke={1.6} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
