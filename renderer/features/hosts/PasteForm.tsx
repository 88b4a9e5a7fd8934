import { Button, Textarea } from '@mantine/core';
import { IconClipboardText } from '@tabler/icons-react';
import { useState } from 'react';
import { useAppDispatch } from '../../app/hooks.ts';
import { openText } from './hosts-thunks.ts';

/** A box for anything that somebody sent as text. */
export function PasteForm() {
  const dispatch = useAppDispatch();
  const [text, setText] = useState('');
  const isEmpty = text.trim() === '';
  return (
    <form
      className="open-section"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) void dispatch(openText(text));
      }}
    >
      <h2>Pasted text</h2>
      <p>
        Output of lspci in any form, a listing of IOMMU groups, dmesg, virsh nodedev, or several of
        them in one paste. What is around them does no harm.
      </p>
      <Textarea
        aria-label="Text to read"
        placeholder="01:00.0 VGA compatible controller [0300]: …"
        classNames={{ input: 'mono paste-box' }}
        rows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        spellCheck={false}
      />
      <div className="button-row">
        <Button
          type="submit"
          disabled={isEmpty}
          leftSection={<IconClipboardText size={15} stroke={1.7} aria-hidden />}
        >
          Read the text
        </Button>
      </div>
    </form>
  );
}
