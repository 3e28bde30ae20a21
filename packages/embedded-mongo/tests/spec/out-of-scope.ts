/** Tests of one file that are for a 7.0 standalone, but for what our store refuses, or the driver does not do. */
interface OutOfScope {
  file: string;
  /** Their descriptions. */
  tests: string[];
  reason: string;
  /** The codes that a refusal may have, each what a MongoDB without the feature answers; or what is not as expected. */
  fails: number[] | string;
}

const invalidOption = [72];
const unknownOption = [72, 40415];
const unknownCommand = [59];
const unknownStage = [40324];

const collation = (file: string, ...tests: string[]): OutOfScope => ({
  file: `crud/${file}`,
  tests,
  reason: 'collation',
  fails: invalidOption,
});

const management = (file: string, reason: string, fails: number[], ...tests: string[]): OutOfScope => ({
  file: `collection-management/${file}`,
  tests,
  reason,
  fails,
});

const writingStage = (file: string, ...tests: string[]): OutOfScope => ({
  file: `crud/${file}`,
  tests,
  reason: '$out and $merge',
  fails: unknownStage,
});

const listing = (file: string, ...tests: string[]): OutOfScope => ({
  file: `crud/${file}`,
  tests,
  reason: 'sessions ($listLocalSessions)',
  fails: unknownStage,
});

/**
 * Every test that is run for its failure alone. One that passes, or that fails in another way, fails the suite: the
 * list stays true.
 */
export const outOfScope: readonly OutOfScope[] = [
  management(
    'clustered-indexes.json',
    'clustered collections',
    unknownOption,
    'createCollection with clusteredIndex',
    'listCollections includes clusteredIndex',
    'listIndexes returns the index',
  ),
  management(
    'createCollection-pre_and_post_images.json',
    'pre/post images',
    unknownOption,
    'createCollection with changeStreamPreAndPostImages enabled',
  ),
  management(
    'modifyCollection-pre_and_post_images.json',
    'pre/post images',
    [...unknownOption, ...unknownCommand],
    'modifyCollection to changeStreamPreAndPostImages enabled',
  ),
  management(
    'modifyCollection-errorResponse.json',
    'collMod',
    unknownCommand,
    'modifyCollection prepareUnique violations are accessible',
  ),
  management(
    'timeseries-collection.json',
    'time series',
    unknownOption,
    'createCollection with all options',
    'insertMany with duplicate ids',
    'createCollection with bucketing options',
  ),
  {
    file: 'crud/findOneAndUpdate-errorResponse.json',
    tests: ['findOneAndUpdate document validation errInfo is accessible'],
    reason: 'collMod (document validation)',
    fails: unknownCommand,
  },
  {
    file: 'crud/estimatedDocumentCount.json',
    tests: ['estimatedDocumentCount works correctly on views'],
    reason: 'views',
    fails: unknownOption,
  },
  {
    file: 'crud/bypassDocumentValidation.json',
    tests: [
      'BulkWrite passes bypassDocumentValidation: false',
      'FindOneAndReplace passes bypassDocumentValidation: false',
      'FindOneAndUpdate passes bypassDocumentValidation: false',
      'InsertMany passes bypassDocumentValidation: false',
    ],
    reason: 'the driver sends this option only when it is true',
    fails: 'value.bypassDocumentValidation: expected false, got nothing',
  },
  {
    file: 'crud/create-null-ids.json',
    tests: [
      'inserting _id with type null via insertOne',
      'inserting _id with type null via insertMany',
      'inserting _id with type null via bulkWrite',
    ],
    reason: 'the driver puts an ObjectId in the place of an _id that is null',
    fails: 'value: expected 1, got 0',
  },
  writingStage('bypassDocumentValidation.json', 'Aggregate with $out passes bypassDocumentValidation: false'),
  listing(
    'db-aggregate.json',
    'Aggregate with $listLocalSessions',
    'Aggregate with $listLocalSessions and allowDiskUse',
  ),
  writingStage('aggregate-let.json', 'Aggregate to collection with let option'),
  {
    file: 'crud/aggregate-merge-errorResponse.json',
    tests: ['aggregate $merge DuplicateKey error is accessible'],
    reason: '$out and $merge',
    fails: 'value: expected 11000, got 40324',
  },
  writingStage(
    'aggregate-merge.json',
    'Aggregate with $merge',
    'Aggregate with $merge and batch size of 0',
    'Aggregate with $merge and majority readConcern',
    'Aggregate with $merge and local readConcern',
    'Aggregate with $merge and available readConcern',
  ),
  writingStage('aggregate-out.json', 'Aggregate with $out', 'Aggregate with $out and batch size of 0'),
  listing('db-aggregate-rawdata.json', 'Aggregate with rawData option on less than 8.2.0 - ignore argument'),
  collation('aggregate-collation.json', 'Aggregate with collation'),
  collation(
    'bulkWrite-collation.json',
    'BulkWrite with delete operations and collation',
    'BulkWrite with update operations and collation',
  ),
  collation('count-collation.json', 'Count documents with collation', 'Deprecated count with collation'),
  collation('deleteMany-collation.json', 'DeleteMany when many documents match with collation'),
  collation('deleteOne-collation.json', 'DeleteOne when many documents matches with collation'),
  collation('distinct-collation.json', 'Distinct with a collation'),
  collation('find-collation.json', 'Find with a collation'),
  collation('findOneAndDelete-collation.json', 'FindOneAndDelete when one document matches with collation'),
  collation(
    'findOneAndReplace-collation.json',
    'FindOneAndReplace when one document matches with collation returning the document after modification',
  ),
  collation(
    'findOneAndUpdate-collation.json',
    'FindOneAndUpdate when many documents match with collation returning the document before modification',
  ),
  collation('replaceOne-collation.json', 'ReplaceOne when one document matches with collation'),
  collation('updateMany-collation.json', 'UpdateMany when many documents match with collation'),
  collation('updateOne-collation.json', 'UpdateOne when one document matches with collation'),
];
