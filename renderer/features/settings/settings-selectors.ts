import type { RootState } from '../../app/store.ts';

export const selectSettings = (state: RootState) => state.settings;
export const selectDensity = (state: RootState) => state.settings.density;
export const selectAddressForm = (state: RootState) => state.settings.addresses;
