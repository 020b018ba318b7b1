import type { LookupAddress } from 'node:dns'
import { lookup, Resolver } from 'node:dns'
import { limits } from '../limits.ts'
import type { Resolve } from './address.ts'

/**
 * Resolves names by asking DNS itself. The system's own way (`getaddrinfo`) holds one of a handful of threads until it has an answer: a
 * few names whose servers are dead would hold up everybody's.
 * @param also asked when DNS knows no such name: the system, where names of the operator's own (`/etc/hosts`) are allowed
 */
export function dnsResolve({ servers, also }: { servers?: readonly string[]; also?: Resolve } = {}): Resolve {
  const resolver = new Resolver({ timeout: limits.noticeDnsMs, tries: limits.noticeDnsTries })
  if (servers !== undefined) resolver.setServers(servers)
  const ask = (hostname: string, family: 4 | 6) =>
    new Promise<{ error: NodeJS.ErrnoException | null; addresses: LookupAddress[] }>((resolve) => {
      const told = (error: NodeJS.ErrnoException | null, found: string[]) =>
        resolve({ error, addresses: (found ?? []).map((address) => ({ address, family })) })
      if (family === 4) resolver.resolve4(hostname, told)
      else resolver.resolve6(hostname, told)
    })
  const resolve = (
    hostname: string,
    options: object,
    callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => {
    void Promise.all([ask(hostname, 4), ask(hostname, 6)]).then((answers) => {
      const addresses = answers.flatMap((answer) => answer.addresses)
      if (addresses.length > 0) callback(null, addresses)
      else if (also !== undefined) also(hostname, { ...options, all: true }, callback)
      else callback(answers[0]?.error ?? new Error(`${hostname} has no address`), [])
    })
  }
  // Of the forms Node's own `lookup` has, only the one that gives all addresses is ever asked for.
  return resolve as unknown as typeof lookup
}
