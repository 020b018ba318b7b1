/**
 * Loaded before the kit, in its process, where the address to be judged is a stranger's 地址限制: names lead to the public internet or nowhere, looked
 * at when a connection is made. Addresses in figures are checked before; nothing follows a redirection.
 */
import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { publicLookup } from '../notices/address.ts'
import { dnsResolve } from '../notices/resolve.ts'

dns.lookup = publicLookup(dnsResolve()) as typeof dns.lookup
syncBuiltinESMExports()
