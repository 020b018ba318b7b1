import { certificates } from '../certificates/follow.ts'
import { enterDraws } from '../draw/enter.ts'
import { movementFollower } from '../movement/follow.ts'
import { followRecognitions } from '../recognition/follow.ts'
import { tellShared } from '../sharing/follow.ts'
import { countClearance } from '../statistics/count.ts'
import type { Follower } from './follower.ts'

/** Everything that follows from what happens to filings: one line each, in the order they are called. */
export const followers: readonly Follower[] = [
  movementFollower,
  certificates,
  followRecognitions,
  countClearance,
  tellShared,
  enterDraws,
]
