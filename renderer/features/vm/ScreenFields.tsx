import { Checkbox } from '@mantine/core';
import { FoldedPart } from './FoldedPart.tsx';
import { SelectField, TextField } from './FormField.tsx';
import type { VmEdit } from './vm-edit.ts';
import { DISPLAY_TEXTS, DISPLAY_WORDS, INPUT_WORDS } from './vm-words.ts';

/** Where the picture goes, and what types into the guest. */
export function ScreenFields({ edit }: { edit: VmEdit }) {
  const { form, problems, change } = edit;
  const { display, input } = form;
  return (
    <FoldedPart
      title="Screen and keyboard"
      summary={`${DISPLAY_WORDS[display]}${input === 'evdev' ? ', evdev' : ''}`}
      isOpen={['screenWidth', 'screenHeight', 'keyboard', 'mouse'].some((name) => name in problems)}
    >
      <SelectField
        label="Screen"
        value={display}
        words={DISPLAY_WORDS}
        description={DISPLAY_TEXTS[display]}
        onChange={(next) => change({ display: next })}
      />
      {display === 'looking-glass' ? <LookingGlassFields edit={edit} /> : null}
      <SelectField
        label="Keyboard and mouse"
        value={input}
        words={INPUT_WORDS}
        onChange={(next) => change({ input: next })}
      />
      {input === 'evdev' ? (
        <div className="vm-fields">
          <TextField
            label="Keyboard"
            value={form.keyboard}
            placeholder="/dev/input/by-id/…-event-kbd"
            description="Both control keys together hand it over and back."
            problem={problems['keyboard']}
            onChange={(keyboard) => change({ keyboard })}
            isMono
          />
          <TextField
            label="Mouse"
            value={form.mouse}
            placeholder="/dev/input/by-id/…-event-mouse"
            description="It follows the keyboard."
            problem={problems['mouse']}
            onChange={(mouse) => change({ mouse })}
            isMono
          />
        </div>
      ) : null}
    </FoldedPart>
  );
}

/** The shared memory follows from the largest picture. */
function LookingGlassFields({ edit: { form, problems, change } }: { edit: VmEdit }) {
  return (
    <>
      <div className="vm-fields">
        <TextField
          label="Width in pixels"
          value={form.screenWidth}
          problem={problems['screenWidth']}
          onChange={(screenWidth) => change({ screenWidth: screenWidth.trim() })}
          isMono
        />
        <TextField
          label="Height in pixels"
          value={form.screenHeight}
          problem={problems['screenHeight']}
          onChange={(screenHeight) => change({ screenHeight: screenHeight.trim() })}
          isMono
        />
      </div>
      <Checkbox
        label="HDR: twice the memory"
        checked={form.isHdr}
        onChange={(event) => change({ isHdr: event.currentTarget.checked })}
      />
      <Checkbox
        label="Through the kernel module kvmfr, not a file"
        checked={form.hasKvmfr}
        onChange={(event) => change({ hasKvmfr: event.currentTarget.checked })}
      />
    </>
  );
}
