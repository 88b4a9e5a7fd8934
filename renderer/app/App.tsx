import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { Provider } from 'react-redux';
import { ConnectionBanner } from '../features/connection/ConnectionBanner.tsx';
import { RefusedPage } from '../features/connection/RefusedPage.tsx';
import { selectConnection } from '../features/connection/connection-selectors.ts';
import { selectSettings } from '../features/settings/settings-selectors.ts';
import { Frame } from './Frame.tsx';
import { useAppSelector } from './hooks.ts';
import type { AppStore } from './store.ts';
import { CSS_VARIABLES, THEME } from './theme.ts';

export function App({ store }: { store: AppStore }) {
  return (
    <Provider store={store}>
      <ThemedWindow />
    </Provider>
  );
}

function ThemedWindow() {
  const { theme, density } = useAppSelector(selectSettings);
  const system = useColorScheme(undefined, { getInitialValueInEffect: false });
  const connection = useAppSelector(selectConnection);
  return (
    <MantineProvider
      theme={THEME}
      cssVariablesResolver={CSS_VARIABLES}
      forceColorScheme={theme === 'auto' ? system : theme}
    >
      <div className="window" data-density={density}>
        <ConnectionBanner />
        {connection === 'refused' ? <RefusedPage /> : <Frame />}
        <div id="explanations" role="region" aria-label="Explanations" />
      </div>
    </MantineProvider>
  );
}
