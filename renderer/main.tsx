import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { connectStore } from './app/connect-store.ts';
import { createAppStore } from './app/store.ts';
import { chooseBridge } from './bridge/choose-bridge.ts';
import { readSettings } from './features/settings/settings-storage.ts';
import { readVms } from './features/vm/vm-storage.ts';
import './styles/all.css';

const bridge = chooseBridge(window);
const store = createAppStore(bridge, {
  settings: readSettings(window.localStorage),
  vm: readVms(window.localStorage),
});
connectStore(store, bridge, window);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with id root');
createRoot(root).render(<App store={store} />);
