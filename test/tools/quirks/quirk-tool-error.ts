/** What keeps the command from an answer; its message is all that the user needs. */
export class QuirkToolError extends Error {
  override readonly name = 'QuirkToolError';
}
