import { NativeSelect, TextInput } from '@mantine/core';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  /** What is wrong with it. */
  readonly problem: string | undefined;
  readonly onChange: (value: string) => void;
  /** What an empty field means. */
  readonly placeholder?: string;
  readonly description?: string;
  /** An address, a path, a number: in the fixed font. */
  readonly isMono?: boolean;
  readonly className?: string;
}

/** A line to type into, with what is wrong with it below. */
export function TextField({ problem, isMono = false, onChange, ...rest }: TextFieldProps) {
  return (
    <TextInput
      {...rest}
      error={problem}
      classNames={isMono ? { input: 'mono' } : {}}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

interface SelectFieldProps<T extends string> {
  readonly label: string;
  readonly value: T;
  /** Each choice with its words, in order. */
  readonly words: Readonly<Record<T, string>>;
  readonly onChange: (value: T) => void;
  readonly description?: string;
  readonly className?: string;
}

/** One of a few choices. */
export function SelectField<T extends string>({ words, onChange, ...rest }: SelectFieldProps<T>) {
  const names = Object.keys(words) as T[];
  return (
    <NativeSelect
      {...rest}
      data={names.map((value) => ({ value, label: words[value] }))}
      onChange={(event) => onChange(event.currentTarget.value as T)}
    />
  );
}
