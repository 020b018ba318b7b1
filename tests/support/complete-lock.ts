/**
 * Completes package-lock.json (`npm run lock`, after each change of a dependency): a registry that mirrors only some platforms'
 * packages makes npm leave the others out of the lock, and `npm ci` then refuses it everywhere. What is named as optional and
 * not locked gets an entry with its platform, which no other platform installs.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface Locked {
  readonly version?: string
  readonly dev?: boolean
  readonly optionalDependencies?: { readonly [name: string]: string }
  readonly [key: string]: unknown
}

const systems = ['android', 'darwin', 'linux', 'freebsd', 'openharmony', 'win32', 'windows']
const processors = ['arm64', 'x64', 'arm', 'ppc64', 'riscv64', 's390x', 'ia32', 'loong64']

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: { [path: string]: Locked } }
const absent = Object.entries(lock.packages).flatMap(([path, locked]) =>
  Object.entries(locked.optionalDependencies ?? {})
    .filter(([name]) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`])
    .map(([name, version]) => ({ name, version, dev: locked.dev === true })),
)
for (const { name, version, dev } of absent) {
  const parts = name.split(/[/-]/)
  const system = systems.find((one) => parts.includes(one))
  const processor = processors.find((one) => parts.includes(one))
  if (system === undefined || processor === undefined || !/^\d/.test(version))
    throw new Error(`Cannot tell the platform of ${name}@${version}`)
  const libc = parts.some((part) => part.startsWith('musl')) ? 'musl' : 'glibc'
  lock.packages[`node_modules/${name}`] = {
    version,
    cpu: [processor],
    ...(dev ? { dev } : {}),
    ...(system === 'linux' ? { libc: [libc] } : {}),
    optional: true,
    os: [system === 'windows' ? 'win32' : system],
  }
}
const byPath = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1))
writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages: Object.fromEntries(byPath) }, null, 2)}\n`)
console.log(`${absent.length} entries added`)
