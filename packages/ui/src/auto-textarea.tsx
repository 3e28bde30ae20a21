'use client';
import { useLayoutEffect, useRef, type ComponentProps } from 'react';

export interface AutoTextareaProps extends Omit<
  ComponentProps<'textarea'>,
  'className' | 'value' | 'onChange' | 'rows'
> {
  value: string;
  onValue: (value: string) => void;
}

/** A text area as high as its text, from one line to eight; then it scrolls. */
export function AutoTextarea({ value, onValue, ref, ...rest }: AutoTextareaProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = own.current;
    // Where CSS does it, it also follows a late font or a new width; measuring is for browsers without it.
    if (!area || CSS.supports('field-sizing', 'content')) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight}px`;
  }, [value]);
  return (
    <textarea
      {...rest}
      ref={(area) => {
        own.current = area;
        if (typeof ref === 'function') return ref(area);
        if (ref) ref.current = area;
      }}
      rows={1}
      dir="auto"
      value={value}
      onChange={(event) => {
        onValue(event.target.value);
      }}
      className="field-sizing-content block max-h-[calc(8*var(--leading-md)+14px)] min-h-9 w-full resize-none bg-transparent py-[7px] wrap-anywhere outline-hidden placeholder:truncate"
    />
  );
}
