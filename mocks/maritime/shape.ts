import { shapes } from '../shape.ts'

export {
  type Codes,
  type Element,
  type Fault,
  type Format,
  type Found,
  matches,
  number,
  oneOf,
  upTo,
} from '../shape.ts'

export const { must, may, group, many } = shapes({ structure: 'MA-001', format: 'MA-002' })
