import type { ReceiptView } from '../../../shared/binding.ts';

/** Kernel arguments of a receipt, and whether the kernel was started with each. */
export function ReceiptArguments({ words }: { words: ReceiptView['arguments'] }) {
  if (words.length === 0) return null;
  return (
    <ul className="moves" aria-label="Kernel arguments">
      {words.map(({ word, isThere }) => (
        <li key={word} className="move">
          <code>{word}</code>
          {isThere === undefined ? null : (
            <span className={`tag ${isThere ? 'tone-ready' : 'tone-risky'}`}>
              {isThere ? 'the kernel was started with it' : 'the kernel was started without it'}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
