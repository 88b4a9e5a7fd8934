import type { ViabilityView } from '../../../shared/view.ts';
import { Address } from '../../components/Address.tsx';
import { Term } from '../../components/Term.tsx';

const MODELS: Readonly<Record<ViabilityView['model'], string>> = {
  described: 'Kernels before 5.19 only describe the group',
  enforced: 'Kernels since 5.19 enforce ownership of the group',
};

const STATES: Readonly<
  Record<ViabilityView['members'][number]['state'], { word: string; tone: string }>
> = {
  ok: { word: 'fine', tone: 'ready' },
  blocks: { word: 'blocks', tone: 'blocked' },
  unknown: { word: 'not known', tone: 'unknown' },
};

/** Whether VFIO would accept the group as it is now, and because of whom not. */
export function ViabilityBox({ viability }: { viability: ViabilityView }) {
  const { model, isViable, members, hotplug } = viability;
  const telling = members.filter(({ state }) => state !== 'ok');
  return (
    <div className="viability">
      <h4 className="panel-subtitle">
        <Term id="viability">Viable</Term> as it is now: {viableWord(isViable)}
      </h4>
      <p className="dim">{MODELS[model]}.</p>
      <ul className="viability__members">
        {telling.map(({ member, state, text }) => (
          <li key={member}>
            <span className={`tag tone-${STATES[state].tone}`}>{STATES[state].word}</span>
            <Address value={member} />
            <span className="viability__text">{text}</span>
          </li>
        ))}
      </ul>
      {hotplug === '' ? null : <p className="dim">{hotplug}</p>}
    </div>
  );
}

function viableWord(isViable: boolean | undefined): string {
  if (isViable === undefined) return 'not known';
  return isViable ? 'yes' : 'not yet';
}
