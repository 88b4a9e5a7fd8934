/** Lines of a text, counted from 1; both are part of it. */
export interface TextPlace {
  readonly first: number;
  readonly last: number;
}

/** Where a part of the model is in one text, by its path; undefined where the text does not say it. */
export type PlaceFinder = (path: string) => TextPlace | undefined;
