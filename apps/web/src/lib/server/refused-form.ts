import 'server-only';
import { headers } from 'next/headers';
import { decodeRefusedForm, refusedFormHeader, type RefusedForm } from '../refused-form.ts';

/** What this request's form was refused for; null for a page that was only asked for. */
export async function findRefusedForm(): Promise<RefusedForm | null> {
  return decodeRefusedForm((await headers()).get(refusedFormHeader));
}
