import { isCommonPassword } from '@confab/auth';
import { ConfabError } from '@confab/contract';

interface Chosen {
  readonly password: string;
  readonly name: string;
  readonly email: string;
  /** Of the input. */
  readonly field: string;
}

/** Refuses what anybody who knows a list of leaked passwords, or this person, tries first. @throws COMMON_PASSWORD */
export async function requireUncommonPassword({ password, name, email, field }: Chosen): Promise<void> {
  const [mailbox = ''] = email.split('@', 1);
  if (await isCommonPassword(password, [name, email, mailbox, 'confab'])) {
    throw new ConfabError('COMMON_PASSWORD', { field });
  }
}
