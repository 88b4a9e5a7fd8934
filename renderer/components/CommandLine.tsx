import { CopyButton } from './CopyButton.tsx';

/** One command to type, with its copy button. */
export function CommandLine({ command }: { command: string }) {
  return (
    <div className="command-line">
      <code className="command-line__text">{command}</code>
      <CopyButton isIcon label="Copy the command" text={command} />
    </div>
  );
}
