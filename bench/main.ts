import { parseArgs } from 'node:util';
import { agentBenchmark } from './agent.ts';
import { type Benchmark, printMeasurements } from './benchmark.ts';
import { bombsBenchmark } from './bombs.ts';
import { brokenBenchmark } from './broken.ts';
import { ingestionBenchmark } from './ingestion.ts';
import { libraryBenchmark } from './library.ts';
import { loadBenchmark } from './load.ts';
import { matchingBenchmark } from './matching.ts';
import { memoryBenchmark } from './memory.ts';
import { metricsBenchmark } from './metrics.ts';
import { pagesBenchmark } from './pages.ts';
import { realtimeBenchmark } from './realtime.ts';
import { retrievalBenchmark } from './retrieval.ts';
import { scaleBenchmark } from './scale.ts';
import { collectionBenchmark, filesBenchmark, hostileBenchmark, stormBenchmark } from './storm.ts';
import { threadsBenchmark } from './threads.ts';

/** `npm run bench` measures everything; `npm run bench -- retrieval` only what is named. */
const BENCHMARKS: Record<string, Benchmark> = {
  ingestion: ingestionBenchmark,
  library: libraryBenchmark,
  retrieval: retrievalBenchmark,
  agent: agentBenchmark,
  realtime: realtimeBenchmark,
  matching: matchingBenchmark,
  threads: threadsBenchmark,
  memory: memoryBenchmark,
  metrics: metricsBenchmark,
  storm: stormBenchmark,
  files: filesBenchmark,
  collection: collectionBenchmark,
};

/** Those that need more than this machine has by itself run only when they are named. */
const NAMED_ONLY: Record<string, Benchmark> = {
  scale: scaleBenchmark,
  load: loadBenchmark,
  bombs: bombsBenchmark,
  broken: brokenBenchmark,
  pages: pagesBenchmark,
  hostile: hostileBenchmark,
};
const ALL = { ...BENCHMARKS, ...NAMED_ONLY };

const text = { type: 'string' } as const;
const { positionals } = parseArgs({
  allowPositionals: true,
  options: {
    chunks: text,
    only: text,
    minutes: text,
    streams: text,
    students: text,
    url: text,
    token: { ...text, multiple: true },
    'status-token': text,
  },
});
const unknown = positionals.filter((name) => !(name in ALL));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. Known: ${Object.keys(ALL).join(', ')}.`);
  process.exit(2);
}

let allHold = true;
for (const [key, benchmark] of Object.entries(positionals.length > 0 ? ALL : BENCHMARKS)) {
  if (positionals.length > 0 && !positionals.includes(key)) continue;
  // One after the other: they would measure each other.
  const measurements = await benchmark.run();
  allHold = printMeasurements(benchmark.name, measurements) && allHold;
}
console.log(allHold ? '\nEvery bound holds.' : '\nA bound is missed.');
if (!allHold) process.exitCode = 1;
