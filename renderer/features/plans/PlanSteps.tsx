import type { Plan } from '../../../shared/plan.ts';

/** The steps of a plan in words: what each does, what must be so before, how it is taken back. */
export function PlanSteps({ steps }: { steps: Plan['steps'] }) {
  return (
    <ol className="plan-steps">
      {steps.map(({ line, effect, expects, undo }, index) => (
        <li key={line} className="plan-step">
          <span className="plan-step__number" aria-hidden>
            {index + 1}
          </span>
          <div className="plan-step__body">
            <p className="plan-step__effect">{effect}</p>
            <dl className="plan-step__facts">
              <div>
                <dt>Expects</dt>
                <dd>{expects}</dd>
              </div>
              <div>
                <dt>Undo</dt>
                <dd>{undo}</dd>
              </div>
            </dl>
            <p className="evidence">{line}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
