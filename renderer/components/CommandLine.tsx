import { CopyButton } from './CopyButton.tsx';

interface CommandLineProps {
  readonly command: string;
  /** An option for the boot loader is copied too, but is no command. */
  readonly isOption?: boolean;
}

/** One line to copy: a command to type, or an option. */
export function CommandLine({ command, isOption = false }: CommandLineProps) {
  return (
    <div className="command-line" data-option={isOption}>
      <code className="command-line__text">{command}</code>
      <CopyButton isIcon label={isOption ? 'Copy the option' : 'Copy the command'} text={command} />
    </div>
  );
}
