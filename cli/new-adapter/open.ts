/** What a new agency still lacks 待写: each place fails a scenario of the conformance kit until somebody writes it. */
import type { Wanted } from './wanted.ts'

export interface OpenPlace {
  readonly file: string
  readonly what: string
}

export const openPlaces = ({ id }: Wanted): readonly OpenPlace[] => [
  {
    file: `adapters/${id}/encode.ts`,
    what: 'goodsLines: the goods, line by line (specification §2); the agency refuses a notice without',
  },
  { file: `adapters/${id}/codes.ts`, what: 'decisions: what PASSED and HELD do to a filing (specification §3)' },
  {
    file: `adapters/${id}/golden/`,
    what: 'the golden bytes, written anew from the encoder and then read line by line',
  },
  {
    file: `mocks/${id}/specification.md`,
    what: "the agency's own words, with sources; then both sides from that text",
  },
]
