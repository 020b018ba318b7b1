import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/db/database.ts'
import { startEmbeddedPostgres } from '../../src/db/embedded.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the test server's maintenance database. */
    postgresUrl: string
  }
}

/** Database every test file's own is cloned from: empty, with all tables. */
export const templateName = 'template_yuchuang'

/** One PostgreSQL server for the whole test run, in a folder of its own, gone at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'yuchuang-test-'))
  await chmod(folder, 0o711)
  const server = await startEmbeddedPostgres({ folder, volatile: true })
  const admin = server.url.replace(/\/[^/]*$/, '/postgres')
  const client = new pg.Client({ connectionString: admin })
  await client.connect()
  await client.query(`CREATE DATABASE ${templateName}`)
  await client.end()
  const database = await openDatabase(server.url.replace(/\/[^/]*$/, `/${templateName}`), (error) =>
    console.error(error),
  )
  await database.close()
  project.provide('postgresUrl', admin)
  return async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
