import { combineReducers, configureStore } from '@reduxjs/toolkit';
import type { ThunkAction, UnknownAction } from '@reduxjs/toolkit';
import type { Bridge } from '../bridge/bridge.ts';
import { compareReducer } from '../features/compare/compare-slice.ts';
import { connectionReducer } from '../features/connection/connection-slice.ts';
import { doctorReducer } from '../features/doctor/doctor-slice.ts';
import { exportReducer } from '../features/export/export-slice.ts';
import { groupsReducer } from '../features/groups/groups-slice.ts';
import { hostsReducer } from '../features/hosts/hosts-slice.ts';
import { inspectorReducer } from '../features/inspector/inspector-slice.ts';
import { liveReducer } from '../features/live/live-slice.ts';
import { libraryReducer } from '../features/library/library-slice.ts';
import { navigationReducer } from '../features/navigation/navigation-slice.ts';
import { plansReducer } from '../features/plans/plans-slice.ts';
import { receiptsReducer } from '../features/receipts/receipts-slice.ts';
import { runsReducer } from '../features/receipts/runs-slice.ts';
import { recentReducer } from '../features/recent/recent-slice.ts';
import { selectionReducer } from '../features/selection/selection-slice.ts';
import { settingsReducer } from '../features/settings/settings-slice.ts';
import { pictureReducer } from '../features/topology-picture/picture-slice.ts';
import { vmReducer } from '../features/vm/vm-slice.ts';
import { topologyReducer } from '../features/topology-tree/topology-slice.ts';
import { whatifReducer } from '../features/whatif/whatif-slice.ts';

const rootReducer = combineReducers({
  compare: compareReducer,
  connection: connectionReducer,
  doctor: doctorReducer,
  export: exportReducer,
  groups: groupsReducer,
  hosts: hostsReducer,
  inspector: inspectorReducer,
  live: liveReducer,
  library: libraryReducer,
  navigation: navigationReducer,
  picture: pictureReducer,
  plans: plansReducer,
  receipts: receiptsReducer,
  recent: recentReducer,
  runs: runsReducer,
  selection: selectionReducer,
  settings: settingsReducer,
  topology: topologyReducer,
  vm: vmReducer,
  whatif: whatifReducer,
});

export type RootState = ReturnType<typeof rootReducer>;
export type AppStore = ReturnType<typeof createAppStore>;
export type AppDispatch = AppStore['dispatch'];
/** A thunk: the only place that calls the backend. */
export type AppThunk<R = void> = ThunkAction<R, RootState, { bridge: Bridge }, UnknownAction>;

/** Builds the store around one bridge; `preloaded` is for settings kept from the last time. */
export function createAppStore(bridge: Bridge, preloaded?: Partial<RootState>) {
  return configureStore({
    reducer: rootReducer,
    ...(preloaded === undefined ? {} : { preloadedState: preloaded }),
    middleware: (defaults) =>
      defaults({
        thunk: { extraArgument: { bridge } },
        // A host of 4,096 functions takes the development checks longer than their usual limit.
        immutableCheck: { warnAfter: 400 },
        serializableCheck: { warnAfter: 400 },
      }),
  });
}
