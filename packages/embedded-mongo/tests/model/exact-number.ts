import { Decimal128, Double, Int32, Long } from 'mongodb';

/** A number of any BSON type: `coefficient` × 10^`exponent`, exactly; or what is no finite number. */
export type ExactNumber = { coefficient: bigint; exponent: number } | 'NaN' | 'Infinity' | '-Infinity';

export type BsonNumber = Int32 | Long | Double | Decimal128;

export function isNumber(value: unknown): value is BsonNumber {
  return (
    value instanceof Int32 || value instanceof Long || value instanceof Double || value instanceof Decimal128
  );
}

export function exactNumber(value: BsonNumber): ExactNumber {
  if (value instanceof Int32) return { coefficient: BigInt(value.value), exponent: 0 };
  if (value instanceof Long) return { coefficient: value.toBigInt(), exponent: 0 };
  return value instanceof Double ? exactDouble(value.value) : exactDecimal(value.toString());
}

/** A double is an integer times a power of two, and 2^-n = 5^n × 10^-n. */
function exactDouble(value: number): ExactNumber {
  if (!Number.isFinite(value)) return String(value) as ExactNumber;
  let [mantissa, halvings] = [value, 0];
  for (; !Number.isInteger(mantissa); halvings += 1) mantissa *= 2;
  return { coefficient: BigInt(mantissa) * 5n ** BigInt(halvings), exponent: -halvings };
}

function exactDecimal(text: string): ExactNumber {
  const parts = /^(-?\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(text);
  if (!parts) return text as ExactNumber;
  const [, whole = '', fraction = '', exponent = '0'] = parts;
  return { coefficient: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

/** NaN is before all others and equal to itself. */
export function compareNumbers(left: BsonNumber, right: BsonNumber): number {
  const [a, b] = [exactNumber(left), exactNumber(right)];
  if (typeof a === 'string' || typeof b === 'string') return Math.sign(place(a) - place(b));
  const exponent = Math.min(a.exponent, b.exponent);
  const [x, y] = [a, b].map((number) => number.coefficient * 10n ** BigInt(number.exponent - exponent));
  if (x === undefined || y === undefined) return 0;
  return x < y ? -1 : x > y ? 1 : 0;
}

function place(number: ExactNumber): number {
  switch (number) {
    case 'NaN':
      return -2;
    case '-Infinity':
      return -1;
    case 'Infinity':
      return 1;
    default:
      return 0;
  }
}
