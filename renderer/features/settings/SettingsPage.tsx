import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { selectAppInfo } from '../connection/connection-selectors.ts';
import { selectSettings } from './settings-selectors.ts';
import { settingsChanged } from './settings-slice.ts';
import type { Settings } from './settings-slice.ts';

interface ChoiceProps<K extends keyof Settings> {
  readonly setting: K;
  readonly title: string;
  readonly text: ReactNode;
  readonly options: readonly { readonly value: Settings[K] & string; readonly label: string }[];
}

function Choice<K extends keyof Settings>({ setting, title, text, options }: ChoiceProps<K>) {
  const dispatch = useAppDispatch();
  const value = useAppSelector(selectSettings)[setting];
  return (
    <div className="setting">
      <div>
        <h2 className="setting__title">{title}</h2>
        <p className="setting__text">{text}</p>
      </div>
      <SegmentedControl
        aria-label={title}
        size="xs"
        value={value}
        onChange={(chosen) => dispatch(settingsChanged({ [setting]: chosen }))}
        data={[...options]}
      />
    </div>
  );
}

export function SettingsPage() {
  const info = useAppSelector(selectAppInfo);
  return (
    <div className="plain-page">
      <h1>Settings</h1>
      <p className="plain-page__lead">They apply at once and stay on this computer.</p>
      <div className="settings">
        <Choice
          setting="theme"
          title="Theme"
          text="Auto follows the desktop."
          options={[
            { value: 'auto', label: 'Auto' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
        <Choice
          setting="density"
          title="Density"
          text="Compact shows about a third more rows of a table."
          options={[
            { value: 'comfortable', label: 'Comfortable' },
            { value: 'compact', label: 'Compact' },
          ]}
        />
        <Choice
          setting="addresses"
          title="Addresses"
          text={
            <>
              Short leaves out domain 0000: <Address value="0000:01:00.0" />. Other domains always
              show.
            </>
          }
          options={[
            { value: 'short', label: 'Short' },
            { value: 'long', label: 'Long' },
          ]}
        />
        <Choice
          setting="inspector"
          title="Inspector"
          text="Where the window is wide enough, the inspector stands beside the page."
          options={[
            { value: 'shown', label: 'Beside the page' },
            { value: 'hidden', label: 'On demand' },
          ]}
        />
        <WatchingChoice />
      </div>
      {info === undefined ? null : (
        <p className="plain-page__foot">
          Airlock {info.version} · {info.shell === 'electron' ? 'desktop window' : 'browser window'}{' '}
          · {info.isRoot ? 'runs as root' : 'runs without administrator rights'}
        </p>
      )}
    </div>
  );
}

function WatchingChoice() {
  return (
    <Choice
      setting="watching"
      title="Changes on this host"
      text="While the window shows this host, hot-plug, other drivers and other groups show by themselves within two seconds. Off, only Rescan reads it again."
      options={[
        { value: 'on', label: 'Show by themselves' },
        { value: 'off', label: 'On rescan' },
      ]}
    />
  );
}
