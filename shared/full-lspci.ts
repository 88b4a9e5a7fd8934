/** What prints every fact of lspci, and all configuration space. */
export const FULL_LSPCI = 'sudo lspci -D -vvnnxxxx';
