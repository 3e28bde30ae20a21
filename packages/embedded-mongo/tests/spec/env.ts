/**
 * `MONGODB_SPEC_TESTS`: the directory of MongoDB's specification tests, which stay outside the repository; null: none.
 * `STORE_TEST_URI`: a server to run them on instead of our own store, such as a real MongoDB to judge the runner by;
 * null: our own.
 */
export function readSpecEnv(): { directory: string | null; uri: string | null } {
  return {
    directory: process.env['MONGODB_SPEC_TESTS'] || null,
    uri: process.env['STORE_TEST_URI'] || null,
  };
}
