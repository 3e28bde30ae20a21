import { LoaderCircle } from 'lucide-react';

/** A turning ring in the text's colour; says nothing by itself. */
export function Spinner({ size = 16 }: { size?: number | undefined }) {
  return <LoaderCircle size={size} aria-hidden className="animate-spin" />;
}
