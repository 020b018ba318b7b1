/** The limits of proposals from documents 单证识别限值: part of all `limits`, and named as those are. */
export const proposalLimits = {
  /** Proposals from documents: files of one, bytes of each and of all with what a form adds, characters of a file's name. */
  proposalFiles: 10,
  proposalFileBytes: 2_097_152,
  proposalBytes: 8_388_608,
  proposalFileName: 200,
  /** Bytes the parts of one workbook may unpack to; its sheets, and rows of each, that are looked at. */
  proposalUnpackedBytes: 16_777_216,
  proposalSheets: 20,
  proposalRows: 2_000,
  /** Cells that say something, of all files together. */
  proposalCells: 20_000,
  /** Characters of a cell that may be a value; rows a header may be high; rows an address may take up. */
  proposalText: 400,
  proposalHeaderRows: 3,
  proposalAddressRows: 5,
  /** Lines of goods a declaration has room for. */
  proposalItems: 50,
  /** Lines read of one table before it is told that there are more. */
  proposalLines: 500,
  /** Commodity codes proposed for one line, and other values shown beside a guess. */
  proposalCandidates: 5,
  /** How alike two descriptions of goods are (Dice, 0 to 1) before a line of a packing list is taken for a line of the invoice. */
  proposalLikeness: 0.7,
  /** What a printed total may differ from the sum of its lines by rounding, in its own unit. */
  proposalRounding: '0.05',
} as const
