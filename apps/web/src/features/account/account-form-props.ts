import type { RefusedForm } from '../../lib/refused-form.ts';

/** What the pages of strangers give their forms. */
export interface AccountFormProps {
  /** A path of ours, to go to once signed in. */
  readonly next: string;
  /** Whose server this is. */
  readonly host: string;
  /** The form that was sent without the page's scripts, and is shown again. */
  readonly refused: RefusedForm | null;
}
