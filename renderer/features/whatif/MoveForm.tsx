import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { OfferedChanges } from './offered-changes.ts';

interface MoveFormProps {
  readonly offered: OfferedChanges;
  readonly onAdd: (word: string) => void;
}

/** Moves a card to a free slot, which is named as the board prints it. */
export function MoveForm({ offered, onAdd }: MoveFormProps) {
  const { cards, freeSlots } = offered;
  const [card, setCard] = useState(cards[0]?.value ?? '');
  const [slot, setSlot] = useState(freeSlots[0]?.value ?? '');
  if (cards.length === 0) return null;
  return (
    <section className="whatif-form">
      <h3 className="whatif-form__title">Move a card to another slot</h3>
      {freeSlots.length === 0 ? (
        <p className="dim">This reading shows no free slot: each port leads to something.</p>
      ) : (
        <>
          <NativeSelect
            size="xs"
            label="Card"
            data={[...cards]}
            value={card}
            onChange={(event) => setCard(event.currentTarget.value)}
          />
          <NativeSelect
            size="xs"
            label="Free slot"
            data={[...freeSlots]}
            value={slot}
            onChange={(event) => setSlot(event.currentTarget.value)}
          />
          <Button variant="default" onClick={() => onAdd(`move=${card}:${slot}`)}>
            Suppose the move
          </Button>
        </>
      )}
    </section>
  );
}
