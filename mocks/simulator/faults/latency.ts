import { limits } from '../limits.ts'
import type { OrderOf } from './order.ts'

/** The 95th percentile of the standard normal distribution. */
const z95 = 1.644_853_626_951_472_2

/**
 * How long one answer takes, in milliseconds: lognormal, as response times are, through the median and the 95th percentile.
 * @param one @param other independent draws in [0, 1)
 */
export function latency({ medianMs, p95Ms }: OrderOf<'LATENCY'>, one: number, other: number): number {
  // Box and Muller's transform; 1 - one is never zero.
  const normal = Math.sqrt(-2 * Math.log(1 - one)) * Math.cos(2 * Math.PI * other)
  const spread = Math.log(p95Ms / medianMs) / z95
  return Math.min(limits.latencyLongestMs, Math.round(medianMs * Math.exp(spread * normal)))
}
