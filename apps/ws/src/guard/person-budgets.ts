import { Budget, type BudgetRates } from './budget.ts';

interface Entry {
  readonly budget: Budget;
  sockets: number;
}

/**
 * One budget for all sockets of a person. It outlives them for as long as something is missing in it: a new socket is no
 * new budget.
 */
export class PersonBudgets {
  readonly #rates: BudgetRates;
  readonly #byPerson = new Map<string, Entry>();

  constructor(rates: BudgetRates) {
    this.#rates = rates;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#byPerson.size;
  }

  /** One more socket of a person spends from it, until `left`. */
  entered(person: string, nowMs: number): Budget {
    const entry = this.#byPerson.get(person) ?? { budget: new Budget(this.#rates, nowMs), sockets: 0 };
    entry.sockets += 1;
    this.#byPerson.set(person, entry);
    return entry.budget;
  }

  left(person: string): void {
    const entry = this.#byPerson.get(person);
    if (entry) entry.sockets -= 1;
  }

  /** Forgets whom it would treat no differently. */
  sweep(nowMs: number): void {
    for (const [person, { budget, sockets }] of this.#byPerson) {
      if (sockets === 0 && budget.isFull(nowMs)) this.#byPerson.delete(person);
    }
  }
}
