import type { Plan } from '../../shared/plan.ts';
import { failure, ok } from '../../shared/result.ts';

/** Enough for every window that thinks about a wish; older plans are made again in a moment. */
const MOST_KEPT = 64;

/**
 * The plans that windows were shown. What is carried out comes from here and never from a window,
 * so that a window can only have done what a planner allowed.
 */
export class PlanShelf {
  readonly #plans = new Map<string, Plan>();

  put(hostId: string, plan: Plan): void {
    const key = `${hostId} ${plan.id}`;
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    const [oldest] = this.#plans.keys();
    if (this.#plans.size > MOST_KEPT && oldest !== undefined) this.#plans.delete(oldest);
  }

  get(hostId: string, planId: string) {
    const plan = this.#plans.get(`${hostId} ${planId}`);
    if (plan !== undefined) return ok(plan);
    return failure(
      'bad-arguments',
      `Plan ${planId} was not made here, or too long ago: make it again`,
    );
  }
}
