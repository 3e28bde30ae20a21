import type { ErrorDetails } from '@confab/contract';

/** A form that a page sent without its scripts, and that was refused: what the page shows when it is drawn again. */
export interface RefusedForm {
  /** What was typed, by field; never a password. */
  readonly values: Readonly<Record<string, string>>;
  readonly details: ErrorDetails;
  /** For people. */
  readonly message: string;
}

/** From the entry to the page, within one process; the entry takes it away from what clients send. */
export const refusedFormHeader = 'x-confab-form';

/** As a header's value, which holds ASCII only. */
export function encodeRefusedForm(form: RefusedForm): string {
  return encodeURIComponent(JSON.stringify(form));
}

export function decodeRefusedForm(value: string | null): RefusedForm | null {
  return value === null ? null : (JSON.parse(decodeURIComponent(value)) as RefusedForm);
}
