import type { RootState } from '../../app/store.ts';

export const selectConnection = (state: RootState) => state.connection.state;
export const selectAppInfo = (state: RootState) => state.connection.info;
