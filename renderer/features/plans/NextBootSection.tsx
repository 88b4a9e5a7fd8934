import type { NextBoot, UsedStack as Stack } from '../../../shared/plan.ts';
import { BOOT_PROOFS } from './boot-proofs.ts';

/** How the host boots, why that is believed, how far it was tried, and what is done by hand. */
export function NextBootSection({ boot }: { boot: NextBoot }) {
  const proof = BOOT_PROOFS[boot.proof];
  return (
    <section aria-label="The next boot">
      <h3 className="wizard__subtitle">
        The next boot <span className={`tag tone-${proof.tone}`}>{proof.word}</span>
      </h3>
      <p>{proof.means}</p>
      {boot.isExact ? null : (
        <p className="dim">
          The files shown are not byte for byte those of the host: the helper may find others there,
          and refuses then.
        </p>
      )}
      <dl className="boot-used">
        {boot.initramfs === undefined ? null : (
          <UsedStack title="Boot image by" stack={boot.initramfs} />
        )}
        {boot.loader === undefined ? null : (
          <UsedStack title="Kernel line by" stack={boot.loader} />
        )}
        {boot.arguments.length === 0 ? null : (
          <div>
            <dt>Arguments added</dt>
            <dd className="mono">{boot.arguments.join(' ')}</dd>
          </div>
        )}
      </dl>
      <ByHand title="By hand, in this order" lines={boot.instructions} />
      <ByHand title="To take that back by hand" lines={boot.undoInstructions} />
    </section>
  );
}

function UsedStack({ title, stack }: { title: string; stack: Stack }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <strong>{stack.used}</strong>: {stack.isChosen ? 'you said so' : stack.reason}
        {stack.evidence.map(({ path, shows }) => (
          <span key={`${path} ${shows}`} className="evidence boot-used__evidence">
            {path}: {shows}
          </span>
        ))}
      </dd>
    </div>
  );
}

function ByHand({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="by-hand">
      <h4 className="panel-subtitle">
        <span className="tag tone-risky">by hand</span> {title}
      </h4>
      <ol>
        {lines.map((line, index) => (
          <li key={index}>{line}</li>
        ))}
      </ol>
    </div>
  );
}
