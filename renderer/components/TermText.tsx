import { Fragment } from 'react';
import { Term } from './Term.tsx';
import type { TextPiece } from './split-by-terms.ts';

/** A sentence whose words of the field are explained. */
export function TermText({ pieces }: { pieces: readonly TextPiece[] }) {
  return pieces.map((piece, index) =>
    piece.term === undefined ? (
      <Fragment key={index}>{piece.text}</Fragment>
    ) : (
      <Term key={index} id={piece.term}>
        {piece.text}
      </Term>
    ),
  );
}
