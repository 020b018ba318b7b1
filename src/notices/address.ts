import type { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { Text } from '../../schemas/text.ts'

// Addresses that are not the public internet's. Source: IANA IPv4 and IPv6 Special-Purpose Address Registries, IANA multicast
// address space; read 2026-11. Of IPv6 only 2000::/3 is handed out at all, so the rest (loopback, link-local, private, mapped IPv4,
// NAT64, multicast) needs no line of its own.
const inside = new BlockList()
for (const net of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])
  addNet(net, 'ipv4')
for (const net of ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20']) addNet(net, 'ipv6')
const handedOut = new BlockList()
handedOut.addSubnet('2000::', 3, 'ipv6')

function addNet(net: string, family: 'ipv4' | 'ipv6'): void {
  const [address = '', bits] = net.split('/')
  inside.addSubnet(address, Number(bits), family)
}

/** Whether an IP address is one of the public internet, which a stranger may make us speak to. */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !inside.check(address, 'ipv4')
  // With a zone (`%eth0`) it is link-local, whatever it looks like.
  return family === 6 && !address.includes('%') && handedOut.check(address, 'ipv6') && !inside.check(address, 'ipv6')
}

/** An endpoint whose name leads to an address that is none of the public internet's. */
export class PrivateAddress extends Error {
  override readonly name = 'PrivateAddress'
  readonly code = 'PRIVATE_ADDRESS'
}

/** What finds a name's addresses: of the form of Node's own. */
export type Resolve = typeof lookup

/**
 * Resolves a name for one connection. The addresses that are looked at here are the ones the socket connects to: a name that leads
 * elsewhere the next time it is asked (DNS rebinding) gains nothing. One address of ours among public ones refuses all.
 */
export const publicLookup = (resolve: Resolve): LookupFunction => lookupBy(resolve, isPublic)

/** The same where the operator allows any address. */
export const anyLookup = (resolve: Resolve): LookupFunction => lookupBy(resolve, () => true)

const lookupBy =
  (resolve: Resolve, isAllowed: (address: string) => boolean): LookupFunction =>
  (hostname, options, callback) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const bad = error === null ? addresses.find(({ address }) => !isAllowed(address)) : undefined
      const [first] = addresses ?? []
      if (error !== null) callback(error, '', 0)
      else if (bad !== undefined || first === undefined)
        callback(new PrivateAddress(`${hostname} leads to ${bad?.address ?? 'nothing'}, no public address`), '', 0)
      else if (options.all === true) callback(null, addresses)
      else callback(null, first.address, first.family)
    })

/** Names that can only lead inside (RFC 6761, RFC 6762, RFC 8375 and `.internal`). */
const innerNames = /(^|\.)(localhost|local|internal|home\.arpa|onion|test|invalid|example)\.?$/i

/** What is wrong with an endpoint's address, as far as it can be told without asking anybody; undefined when nothing. */
export function whatIsWrongWith(address: string, allowPrivate: boolean): { code: string; text: Text } | undefined {
  const url = URL.parse(address)
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return { code: 'not-a-url', text: { en: 'Not an http(s) URL', zh: '不是有效的 http(s) 网址' } }
  if (url.username !== '' || url.password !== '')
    return { code: 'url-with-credentials', text: { en: 'No credentials in the URL', zh: '网址不得包含用户名或密码' } }
  if (url.hash !== '')
    return { code: 'url-with-fragment', text: { en: 'No fragment in the URL', zh: '网址不得包含片段标识' } }
  if (allowPrivate) return undefined
  if (url.protocol !== 'https:') return { code: 'https-only', text: { en: 'Only https is called', zh: '仅支持 https' } }
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) === 0 ? innerNames.test(host) || !host.includes('.') : !isPublic(host))
    return {
      code: 'address-not-public',
      text: { en: `${host} is no address of the public internet`, zh: `${host} 不是公网地址` },
    }
  return undefined
}
