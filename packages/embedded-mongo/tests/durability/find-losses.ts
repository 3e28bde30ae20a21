import type { Collection } from 'mongodb';
import { type Acknowledged, indexes } from './write-until-killed.ts';
import { isWhole, type WrittenDocument } from './written-document.ts';

/** What is wrong with a collection after a kill, in words: nothing, if every acknowledged write is there and whole. */
export async function findLosses(
  collection: Collection<WrittenDocument>,
  acknowledged: Acknowledged,
): Promise<string[]> {
  const documents = await collection.find().hint({ $natural: 1 }).toArray();
  return [
    ...lostOrTorn(documents, acknowledged),
    ...(await indexFaults(collection, documents)),
    ...(await validationFaults(collection, documents.length)),
  ];
}

function lostOrTorn(documents: WrittenDocument[], { versions, inFlight }: Acknowledged): string[] {
  const found = new Map(documents.map((document) => [document._id, document]));
  const lost = [...versions]
    .filter(([id, version]) => {
      const there = found.get(id)?.version;
      return there === undefined || (there !== version && there !== inFlight.get(id));
    })
    .map(
      ([id, version]) =>
        `${id}: version ${version} was acknowledged, found ${String(found.get(id)?.version)}`,
    );
  const unknown = documents
    .filter(({ _id, version }) => !versions.has(_id) && inFlight.get(_id) !== version)
    .map(({ _id }) => `${_id}: nobody wrote this`);
  const torn = documents.filter((document) => !isWhole(document)).map(({ _id }) => `${_id}: torn`);
  const twice = documents.length === found.size ? [] : ['a document is there twice'];
  return [...lost, ...unknown, ...torn, ...twice];
}

/** Reads everything through each index, and each tag by its own keys, and compares that with the documents. */
async function indexFaults(
  collection: Collection<WrittenDocument>,
  documents: WrittenDocument[],
): Promise<string[]> {
  const faults: string[] = [];
  const compare = async (
    what: string,
    filter: object,
    hint: string,
    expected: WrittenDocument[],
  ): Promise<void> => {
    const through = await collection.find(filter).hint(hint).toArray();
    if (identity(through) !== identity(expected))
      faults.push(`${what}: ${through.length} documents by the index, ${expected.length} without`);
  };
  for (const { name } of indexes) await compare(`index ${name}`, {}, name, documents);
  for (const tag of Array(10).keys())
    await compare(
      `tag ${tag}`,
      { tags: tag },
      'tags',
      documents.filter(({ tags }) => tags.includes(tag)),
    );
  return faults;
}

const identity = (documents: WrittenDocument[]): string =>
  documents
    .map(({ _id, sum }) => `${_id} ${sum}`)
    .sort()
    .join('\n');

async function validationFaults(collection: Collection<WrittenDocument>, count: number): Promise<string[]> {
  const { valid, nrecords } = await collection.db.command({ validate: collection.collectionName });
  return valid === true && nrecords === count
    ? []
    : [`validate: valid ${String(valid)}, ${String(nrecords)} records, ${count} found`];
}
