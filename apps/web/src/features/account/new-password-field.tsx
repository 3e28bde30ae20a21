'use client';
import { useEffect, useRef, useState, type ComponentProps } from 'react';
import { limits } from '@confab/contract';
import { PasswordField, StrengthMeter } from '@confab/ui';
import { text } from '../../lib/text.ts';
import { passwordStrength } from './password-strength.ts';

type NewPasswordFieldProps = Omit<ComponentProps<typeof PasswordField>, 'hint' | 'placeholder' | 'ref'> & {
  /** What everybody knows of this person. */
  readonly words: readonly string[];
};

const levels = { short: 0, weak: 1, fair: 2, good: 3, strong: 4 } as const;

/** A field for a new password, which says while it is typed how good it is. */
export function NewPasswordField({ words, onChange, ...props }: NewPasswordFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  // It may have been typed before the page had its scripts.
  useEffect(() => {
    setTyped(field.current?.value ?? '');
  }, []);
  const password = typeof props.value === 'string' ? props.value : typed;
  const strength = passwordStrength(password, words);
  const sentence = text.account.strength[strength];
  return (
    <PasswordField
      {...props}
      ref={field}
      autoComplete="new-password"
      placeholder={text.register.passwordPlaceholder(limits.passwordLengthMin)}
      hint={password !== '' && <StrengthMeter level={levels[strength]} text={sentence} />}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange?.(event);
      }}
    />
  );
}
