import type { HttpOutcomes } from '../clients/http-load.ts';
import type { Kill } from '../faults/kill.ts';
import type { KillCounts } from '../faults/kill-lane.ts';
import type { Component } from '../faults/stage.ts';
import type { ServiceName } from '../product/product.ts';

/** What happened in the disturbed part of a segment. */
export interface Score {
  readonly kills: Readonly<KillCounts>;
  readonly recoveriesMs: Readonly<Record<Component, readonly number[]>>;
  /** How often each kind came. */
  readonly faults: Readonly<Record<string, number>>;
  readonly supervisorKills: number;
  readonly outlivedSupervisor: readonly ServiceName[];
  readonly http: HttpOutcomes;
}

/** Counts while it happens. */
export class ScoreKeeper {
  readonly #say: (line: string) => void;
  readonly #kills: KillCounts = { web: 0, ws: 0, redis: 0, store: 0 };
  readonly #recoveriesMs: Record<Component, number[]> = { web: [], ws: [], redis: [], store: [] };
  readonly #faults: Record<string, number> = {};
  readonly #outlived: ServiceName[] = [];
  readonly #recoveries: Promise<void>[] = [];
  #supervisorKills = 0;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  readonly kill = ({ component, recoveryMs }: Kill): void => {
    this.#kills[component] += 1;
    this.#say(`killed ${component} (${this.#kills[component]})`);
    this.#recoveries.push(
      recoveryMs.then((ms) => {
        if (ms !== null) this.#recoveriesMs[component].push(Math.round(ms));
      }),
    );
  };

  readonly supervisorKilled = (outlived: readonly ServiceName[]): void => {
    this.#supervisorKills += 1;
    this.#outlived.push(...outlived);
    this.#say('killed the supervisor');
  };

  readonly fault = (name: string): void => {
    this.#faults[name] = (this.#faults[name] ?? 0) + 1;
    this.#say(name);
  };

  /** Waits for the recoveries under way. */
  async recovered(): Promise<void> {
    await Promise.all(this.#recoveries);
  }

  total(http: HttpOutcomes): Score {
    return {
      kills: this.#kills,
      recoveriesMs: this.#recoveriesMs,
      faults: this.#faults,
      supervisorKills: this.#supervisorKills,
      outlivedSupervisor: this.#outlived,
      http,
    };
  }
}
