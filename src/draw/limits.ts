/** The limits of the open draw 公开抽签限值: part of all `limits`, and named as those are. */
export const drawLimits = {
  /** How long anybody may keep what is shown of a draw. */
  drawMaxAgeSeconds: 10,
  /** The hour (Asia/Shanghai) a day of draws begins at, and how long before it is committed to. Parameters of this project. */
  drawHour: 6,
  drawAheadMs: 3_600_000,
  /** How long after its end a day is kept open for what was registered in it and is only now written; and how long its root is public before its seed. */
  drawGraceMs: 600_000,
  drawRevealAfterMs: 600_000,
  /** How long after the start of a process its draws are first looked at: whoever starts it waits for other things. */
  drawStartMs: 3_000,
  /** How often it is looked whether something is to be drawn, where nothing wakes us; declarations drawn in one transaction. */
  drawEveryMs: 10_000,
  drawBatch: 100,
  /** Lots read at a time when a draw's file is written; characters of a line of a file that is checked. */
  drawFilePage: 1_000,
  drawLineCharacters: 1_048_576,
  /** Results of one lot: the first and its corrections. */
  drawResultsOfLot: 20,
} as const
