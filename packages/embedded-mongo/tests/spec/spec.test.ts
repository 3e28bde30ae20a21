import { MongoServerError } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../durability/start-test-server.ts';
import counts from './counts.json' with { type: 'json' };
import { readSpecEnv } from './env.ts';
import { loadSpecFiles } from './load-spec-files.ts';
import forOthers from './for-other-servers.json' with { type: 'json' };
import { outOfScope } from './out-of-scope.ts';
import { runSpecTest } from './run-spec-test.ts';
import { sortSpecTests, type SortedTest, type SortedTests } from './sort-spec-tests.ts';
import { announced } from './unmet-requirement.ts';

const { directory, uri } = readSpecEnv();

let server: TestServer | undefined;

beforeAll(async () => {
  if (directory) server = await startTestServer(uri, ['--fail-points']);
}, 60_000);

afterAll(() => server?.[Symbol.asyncDispose]());

function started(): TestServer {
  if (!server) throw new Error('there is no server');
  return server;
}

const run = ({ file, test }: SortedTest): Promise<void> => runSpecTest(file, test, started());

/** How many `it` of the specification have passed here. */
const passed = { inScope: 0, listed: 0 };

function everyTestIsCounted(files: number, sorted: SortedTests): void {
  const others = Object.values(sorted.forOthers).reduce((sum, tests) => sum + Object.keys(tests).length, 0);
  const counted = { files, inScope: sorted.inScope.length, listed: sorted.listed.length, forOthers: others };
  it('finds exactly the tests that were counted', () => {
    expect(counted).toEqual(counts);
  });
  it('leaves out exactly the tests that say that they are for other servers', () => {
    expect(sorted.forOthers).toEqual(forOthers);
  });
  it('lists no test as out of scope that is not there', () => {
    const listed = outOfScope.flatMap(({ file, tests }) => tests.map((test) => `${file}: ${test}`));
    const found = sorted.listed.map(({ path, test }) => `${path}: ${test.description}`);
    expect(found.sort()).toEqual(listed.sort());
  });
}

function specification(at: string): void {
  const files = loadSpecFiles(at);
  const sorted = sortSpecTests(files);
  describe('the list', () => everyTestIsCounted(files.size, sorted));

  it('announces itself as the server that the tests are chosen for', async () => {
    const { version } = (await started().client.db('admin').command({ buildInfo: 1 })) as { version: string };
    expect(version.split('.').slice(0, 2)).toEqual(announced.version.split('.').slice(0, 2));
  });

  describe('in scope', () => {
    it.for(sorted.inScope.map((one) => [`${one.path}: ${one.test.description}`, one] as const))(
      '%s',
      async ([, one]) => {
        await run(one);
        passed.inScope += 1;
      },
    );
  });
  if (!uri) listedTests(sorted);
  it('passes no fewer tests than were counted', () => {
    expect(passed.inScope).toBeGreaterThanOrEqual(counts.inScope);
    if (!uri) expect(passed.listed).toBeGreaterThanOrEqual(counts.listed);
  });
}

/** Another server does what ours refuses, so this is held of ours alone. */
function listedTests({ listed }: SortedTests): void {
  describe('out of scope', () => {
    it.for(listed.map((one) => [`${one.path}: ${one.test.description} (${one.reason})`, one] as const))(
      '%s',
      async ([, one]) => {
        const error = await run(one).catch((thrown: unknown) => thrown);
        if (!(error instanceof Error)) throw new Error('it passes: take it off the list');
        if (typeof one.fails === 'string') expect(error.message).toBe(one.fails);
        else expect(one.fails, error.stack).toContain(error instanceof MongoServerError ? error.code : null);
        passed.listed += 1;
      },
    );
  });
}

describe("MongoDB's specification tests", () => {
  if (directory) {
    specification(directory);
    return;
  }
  it('need their data', (context) => {
    context.skip('MONGODB_SPEC_TESTS names no directory with the data of mongodb/specifications');
  });
});
