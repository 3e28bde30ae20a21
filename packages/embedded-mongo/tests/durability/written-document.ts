import { createHash, randomBytes, randomInt } from 'node:crypto';

/** A document of the writers: all its fields but `_id` belong to one version of it. */
export interface WrittenDocument {
  _id: string;
  writer: number;
  version: number;
  text: string;
  tags: number[];
  /** Over all the others: a document with fields of two versions does not have it. */
  sum: string;
}

/** Version `version` of a document, a few bytes to some pages long. */
export function writeVersion(_id: string, writer: number, version: number): WrittenDocument {
  const text = randomBytes(randomInt(4, 3000)).toString('base64');
  const tags = Array.from({ length: randomInt(0, 4) }, (_, place) => (version + place) % 7);
  const document = { _id, writer, version, text, tags };
  return { ...document, sum: sumOf(document) };
}

/** Whether all fields are of one version. */
export function isWhole({ sum, ...document }: WrittenDocument): boolean {
  return sum === sumOf(document);
}

function sumOf({ _id, writer, version, text, tags }: Omit<WrittenDocument, 'sum'>): string {
  return createHash('sha1')
    .update(JSON.stringify([_id, writer, version, text, tags]))
    .digest('hex');
}
