import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { root } from '../support/source.ts'
import { generateOperations } from './generate.ts'

/** Writes the client's operations anew: `npm run client`. */
const folder = `${root}client/operations`
const files = await generateOperations()
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder)
for (const [name, text] of files) writeFileSync(`${folder}/${name}`, text)
