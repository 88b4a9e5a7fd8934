import { Button, Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconClipboardText,
  IconEyeOff,
  IconFileDownload,
} from '@tabler/icons-react';
import { useAppDispatch } from '../../app/hooks.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import { canChange } from '../hosts/source-words.ts';
import { copyReport, exportReport, previewCopy } from './export-thunks.ts';

/** What can be sent to others: the report about a host, and its file without names and serials. */
export function ExportMenu({ host }: { host: HostRecord }) {
  const dispatch = useAppDispatch();
  const { hostId, title, source } = host;
  const save = <IconFileDownload size={15} stroke={1.7} aria-hidden />;
  return (
    <Menu
      position="bottom-end"
      shadow="md"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button
          variant="default"
          rightSection={<IconChevronDown size={14} stroke={1.7} aria-hidden />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Export">
        <Menu.Item leftSection={save} onClick={() => void dispatch(exportReport(hostId, 'html'))}>
          Report for the owner (HTML)
        </Menu.Item>
        <Menu.Item leftSection={save} onClick={() => void dispatch(exportReport(hostId, 'md'))}>
          Report for the owner (Markdown)
        </Menu.Item>
        <Menu.Item
          leftSection={<IconClipboardText size={15} stroke={1.7} aria-hidden />}
          onClick={() => void dispatch(copyReport(hostId))}
        >
          Copy the report as Markdown
        </Menu.Item>
        {canChange(source) ? null : (
          <Menu.Item
            leftSection={<IconEyeOff size={15} stroke={1.7} aria-hidden />}
            onClick={() => void dispatch(previewCopy({ kind: 'host', hostId }, title))}
          >
            Make a copy without names and serials
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
