import type { Follower } from './follower.ts'

/** Everything that follows from what happens to filings: one line each, in the order they are called. */
export const followers: readonly Follower[] = []
