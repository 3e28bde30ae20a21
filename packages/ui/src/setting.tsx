import type { ReactNode } from 'react';

export interface SettingProps {
  title: string;
  /** One sentence. */
  text?: string | undefined;
  children: ReactNode;
}

/** A headed part of a page of settings. */
export function Setting({ title, text, children }: SettingProps) {
  return (
    <section className="grid gap-3">
      <header>
        <h2 className="text-lg font-bold tracking-[-0.012em]">{title}</h2>
        {text !== undefined && <p className="text-sm text-ink-2">{text}</p>}
      </header>
      {children}
    </section>
  );
}
