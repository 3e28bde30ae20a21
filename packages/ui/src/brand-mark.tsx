/** The sign of Confab, in the accent. */
export function BrandMark({ size = 24 }: { size?: number | undefined }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      aria-hidden
      className="flex-none text-accent"
    >
      <path d="M18.9 6.2A9 9 0 1 0 14.6 20.6" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="18.6" cy="16.6" r="3.4" fill="currentColor" />
    </svg>
  );
}

/** Sign and name, as in the side bar and over the sign-in form. */
export function Brand({ name = 'Confab' }: { name?: string | undefined }) {
  return (
    <span className="flex flex-1 items-center gap-2.5 text-lg font-bold tracking-[-0.015em]">
      <BrandMark />
      {name}
    </span>
  );
}
