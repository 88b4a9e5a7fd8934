/** What the application did to the system, for tests to look at, and what tests answer to it. */
export interface Recorded {
  readonly dialogs: { readonly method: string; readonly title: string }[];
  readonly menuLabels: string[];
  readonly deniedWindows: string[];
  readonly deniedNavigations: string[];
  readonly permissions: { readonly permission: string; readonly isAllowed: boolean }[];
}

export const recorded: Recorded = {
  dialogs: [],
  menuLabels: [],
  deniedWindows: [],
  deniedNavigations: [],
  permissions: [],
};

/** Paths for the next open dialogs; an empty list is a person who cancels. */
export const dialogAnswers: string[][] = [];
