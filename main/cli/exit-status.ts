/**
 * Exit status of every verb: 0 answered, and the answer is good; 1 answered, and the answer needs
 * attention; 2 could not answer.
 */
export type ExitStatus = 0 | 1 | 2;
