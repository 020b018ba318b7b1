/** Why the window decides against something (CA/SC REJECT), or asks. */
export const reasons = {
  R10: 'Declared description does not match the HS code',
  R11: 'Declared value in doubt',
  R20: 'Licence of the competent authority missing',
  U10: 'No such permit or certificate of this declaring agent',
  U11: 'Another update of it is being processed',
  U20: 'Field cannot be amended: cancel and declare anew',
  U21: 'Permit validity has ended',
  U30: 'Used for clearance',
  U31: 'Expired for more than one calendar day',
  U32: 'In-Payment permit with tax paid',
  U33: 'Outward permit declared together with a certificate of origin',
  U34: 'Cancelled already',
  U40: 'The ground given does not hold',
  O10: 'Origin criterion not borne out',
  O20: 'A certificate of this number is in force',
  O30: 'The permit named is unknown or cancelled',
} as const
export type ReasonCode = keyof typeof reasons

/** A reason, and the item it lies in. */
export interface Reason {
  readonly reason: ReasonCode
  readonly item?: string
}
