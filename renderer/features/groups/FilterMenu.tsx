import { Button, Checkbox, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import type { FilterOption } from './groups-selectors.ts';

interface FilterMenuProps<T extends string> {
  readonly label: string;
  readonly options: readonly FilterOption<T>[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
}

/** A filter of several choices behind one button that says what is chosen. */
export function FilterMenu<T extends string>(props: FilterMenuProps<T>) {
  const { label, options, chosen, onChange } = props;
  const first = options.find(({ value }) => value === chosen[0])?.label ?? chosen[0];
  const summary = chosen.length > 1 ? `${first}, +${chosen.length - 1}` : first;
  const toggle = (value: T) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant={chosen.length > 0 ? 'light' : 'default'}
          rightSection={<IconChevronDown size={14} stroke={1.7} aria-hidden />}
        >
          {summary === undefined ? label : `${label}: ${summary}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="filter-menu" aria-label={`Filter by ${label.toLowerCase()}`}>
        <ul className="filter-menu__list">
          {options.map(({ value, label: word, count }) => (
            <li key={value}>
              <Checkbox
                size="xs"
                checked={chosen.includes(value)}
                onChange={() => toggle(value)}
                label={
                  <span className="filter-menu__option">
                    <span>{word}</span>
                    <span className="dim">{count.toLocaleString('en-US')}</span>
                  </span>
                }
              />
            </li>
          ))}
        </ul>
        {chosen.length === 0 ? null : (
          <Button variant="subtle" fullWidth onClick={() => onChange([])}>
            Show all
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
