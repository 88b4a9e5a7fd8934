import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { RecentView } from '../../../shared/view.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { openSource } from '../hosts/hosts-thunks.ts';
import { forgetRecent, listRecent } from './recent-thunks.ts';

/** The paths that were opened before; nothing where there are none. */
export function RecentSources() {
  const dispatch = useAppDispatch();
  const sources = useAppSelector((state) => state.recent.sources) ?? [];
  useEffect(() => {
    void dispatch(listRecent());
  }, [dispatch]);
  if (sources.length === 0) return null;
  return (
    <section className="open-section">
      <h2>Opened before</h2>
      <ul className="recent-list">
        {sources.map((source) => (
          <RecentLine key={source.path} source={source} />
        ))}
      </ul>
    </section>
  );
}

function RecentLine({ source }: { source: RecentView }) {
  const dispatch = useAppDispatch();
  const { path, title, openedAtMs } = source;
  return (
    <li className="recent-list__line">
      <button
        type="button"
        className="recent-list__open"
        onClick={() => void dispatch(openSource({ kind: 'path', path }))}
      >
        <span className="recent-list__title">{title}</span>
        <span className="mono">{path}</span>
      </button>
      <span className="dim">
        <RelativeTime atMs={openedAtMs} />
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`Take ${path} off the list`}
        onClick={() => void dispatch(forgetRecent(path))}
      >
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </li>
  );
}
