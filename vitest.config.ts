import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tests/support/longest-first.ts'

export default defineConfig({
  // The package's own entry points (`yuchuang/client`) are their sources here: nothing has to be built before it is tested.
  ssr: { resolve: { conditions: ['yuchuang-source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/postgres.ts', 'tests/support/unpack-browser.ts'],
    reporters: ['default', 'tests/support/tally.ts'],
    pool: 'forks',
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    // Modules are loaded once a worker: no test file counts on a fresh one, and that is a sixth of the whole.
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What a browser or a process shows in its own time is waited for with patience: the machine may be busy.
    expect: { poll: { timeout: 30_000 } },
  },
})
