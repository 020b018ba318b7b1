import { writeFileSync } from 'node:fs'
import { outcomeDocs } from './outcome-docs.ts'

/** Writes the tables of outcomes and faults anew: `node tests/support/write-outcome-docs.ts`. */
for (const [path, text] of outcomeDocs()) writeFileSync(new URL(`../../${path}`, import.meta.url), text)
