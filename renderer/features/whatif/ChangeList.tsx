import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import { commandLine } from './change-words.ts';
import { selectWhatif } from './whatif-selectors.ts';
import { changeRemoved, whatifCleared } from './whatif-slice.ts';

/** What is supposed at the moment, each with its way out, and the same as a command. */
export function ChangeList({ host }: { host: HostRecord }) {
  const dispatch = useAppDispatch();
  const { hostId, source } = host;
  const { changes, report } = useAppSelector((state) => selectWhatif(state, hostId));
  const textOf = (word: string) => report?.changes.find((change) => change.word === word)?.text;
  return (
    <section className="whatif-changes">
      <h2 className="section-title">
        Supposed changes
        <span className="section-title__note">nothing is changed on the host</span>
      </h2>
      {changes.length === 0 ? <p className="dim">None yet. Choose below what to suppose.</p> : null}
      <ol className="whatif-changes__list">
        {changes.map((word) => (
          <li key={word} className="whatif-change">
            <span>
              <code>{word}</code>
              <span className="whatif-change__text">{textOf(word)}</span>
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${word}`}
              onClick={() => dispatch(changeRemoved({ hostId, value: word }))}
            >
              <IconX size={15} stroke={1.7} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ol>
      {changes.length === 0 ? null : (
        <>
          <CommandLine command={commandLine(changes, source)} />
          <Button variant="subtle" onClick={() => dispatch(whatifCleared(hostId))}>
            Remove all
          </Button>
        </>
      )}
    </section>
  );
}
