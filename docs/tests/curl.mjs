// Stands in for curl where there is none: -sS, -H, -d and a URL, as the pages use them.
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    silent: { type: 'boolean', short: 's' },
    'show-error': { type: 'boolean', short: 'S' },
    header: { type: 'string', short: 'H', multiple: true, default: [] },
    data: { type: 'string', short: 'd' },
  },
});
const headers = values.header.map((line) => line.split(/: */, 2));
const response = await fetch(positionals[0], {
  headers,
  ...(values.data !== undefined && { method: 'POST', body: values.data }),
});
process.stdout.write(await response.text());
