import { toNumber } from '../bson/number.ts';
import { docOf, isDoc, isNumeric, type Doc, type Value } from '../bson/value.ts';
import { StoreError } from '../errors/store-error.ts';

/** What `failCommand` does to one command. */
export interface Injected {
  readonly closeConnection: boolean;
  readonly blockMs: number;
  readonly error: StoreError | undefined;
  readonly writeConcernError: Doc | undefined;
}

/** MongoDB's `failCommand` failpoint, for fault tests; `configureFailPoint` exists only where a flag enabled it. */
export class FailPoint {
  #remaining = 0;
  #data: Doc | undefined;

  configure(mode: Value | undefined, data: Doc | undefined): void {
    this.#data = data;
    const times = isDoc(mode) ? mode.get('times') : undefined;
    if (mode === 'off') this.#remaining = 0;
    else if (mode === 'alwaysOn') this.#remaining = Infinity;
    else if (isNumeric(times)) this.#remaining = toNumber(times);
    else throw new StoreError('BadValue', 'failpoint modes are "off", "alwaysOn" and {times: n}');
  }

  /** What to inject into this run of a command; undefined: nothing. */
  take(command: string): Injected | undefined {
    const names = this.#data?.get('failCommands');
    if (this.#remaining <= 0 || !Array.isArray(names) || !names.includes(command)) return undefined;
    this.#remaining--;
    const code = this.#data?.get('errorCode');
    const block = this.#data?.get('blockTimeMS');
    const labels = this.#data?.get('errorLabels');
    const concern = this.#data?.get('writeConcernError');
    const extra = docOf({ errorLabels: Array.isArray(labels) ? labels : undefined });
    return {
      closeConnection: this.#data?.get('closeConnection') === true,
      blockMs: this.#data?.get('blockConnection') === true && isNumeric(block) ? toNumber(block) : 0,
      error: isNumeric(code)
        ? new StoreError(toNumber(code), "Failing command via 'failCommand' failpoint", extra)
        : undefined,
      writeConcernError: isDoc(concern) ? concern : undefined,
    };
  }
}
