/** Bytes of a text that are read; a full `lspci -xxxx` of 4096 functions has 60 MB. */
export const MAX_TEXT_BYTES = 96 * 1024 * 1024;

/** Lines of a text that are read. */
export const MAX_LINES = 2_000_000;

/** Characters of a line that are read; the longest of real reports are module lists. */
export const MAX_LINE_LENGTH = 4096;

/** Functions of one report. */
export const MAX_REPORT_FUNCTIONS = 65_536;

/** Lines of a document inside a text (JSON, XML) that are kept for its parser. */
export const MAX_DOCUMENT_LENGTH = 64 * 1024 * 1024;

/** How deep objects and lists of a JSON document are looked into. */
export const MAX_JSON_DEPTH = 64;
