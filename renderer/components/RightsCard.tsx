import { Button } from '@mantine/core';
import { IconShieldLock } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../app/hooks.ts';
import { CommandLine } from './CommandLine.tsx';
import { selectAppInfo } from '../features/connection/connection-selectors.ts';
import type { HostRecord } from '../features/hosts/hosts-slice.ts';
import { openSource } from '../features/hosts/hosts-thunks.ts';

/** What more rights would show, and the one way to get them here. */
export function RightsCard({ host }: { host: HostRecord }) {
  const dispatch = useAppDispatch();
  const info = useAppSelector(selectAppInfo);
  const isLive = host.source.kind === 'live';
  const canElevate = isLive && (info?.canElevate ?? false);
  return (
    <section className="rights-card">
      <IconShieldLock size={20} stroke={1.6} aria-hidden />
      <div>
        <h2 className="rights-card__title">
          {isLive ? 'Read without administrator rights' : 'Collected without administrator rights'}
        </h2>
        <p>
          The kernel shows only the first 64 bytes of each configuration space to ordinary users.
          ACS lies above that, so some answers stay unknown.
        </p>
        {canElevate ? (
          <Button onClick={() => void dispatch(openSource({ kind: 'live-privileged' }))}>
            Read with administrator rights
          </Button>
        ) : (
          <>
            <p>Run this {isLive ? 'in a terminal' : 'on that host'}, then open the file here:</p>
            <CommandLine
              command={
                isLive && info !== undefined
                  ? info.collectCommand
                  : 'sudo sh airlock-collect --out host.tar.gz'
              }
            />
          </>
        )}
      </div>
    </section>
  );
}
