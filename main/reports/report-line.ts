/** One line of a report. */
export interface ReportLine {
  /** From 1 on, in the text as it came. */
  readonly number: number;
  /** Without line end, prompt, quoting and control characters; tabs are kept. */
  readonly text: string;
}
