/** The limits of the movement of goods 货物动态限值: part of all `limits`, and named as those are. */
export const movementLimits = {
  /** How long before and after its declared journey a container's events may belong to it. Parameter of this project. */
  journeyMarginMs: 1_728_000_000,
  /** How long a journey without a declared end is taken to last. */
  journeyAssumedMs: 3_888_000_000,
  /** How far from a journey an event may lie that names its paper; that names its ship with the voyage, or its wagon. */
  paperNamedOnceMs: 15_552_000_000,
  conveyanceNamedOnceMs: 1_296_000_000,
  /** Events that belong together looked at at once; events shown of a declaration. */
  movementsAtOnce: 5_000,
  movementsShown: 500,
  /** What two publishers may differ by before they disagree on when something happened. */
  movementAgreeMs: 900_000,
  /** Declarations taken up, and told of events, in one transaction; how far back new ones are looked for at the first start. */
  trackedAtOnce: 100,
  trackedBackMs: 7_776_000_000,
  /** How long after its number was given a declaration may still come to be there. */
  trackedLateMs: 300_000,
  /** Tries of the job that takes up and tells. */
  movementTries: 5,
} as const
