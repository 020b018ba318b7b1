/** How anybody checks a published draw 核验说明: served as it stands, so that it is found where the file is. */
export const manual = `# Checking a draw by lot 双随机抽查核验

A draw runs from 06:00 to 06:00 (Asia/Shanghai) and is named by the day it begins. Before it begins the gateway publishes, at
\`GET /v1/draws/{agency}/{day}\`, the SHA-256 of a secret seed, the codes of the officers on duty, and a hash over all of this. While it runs,
the same address shows how many lots there are and the hash of the newest. After it is over the number of lots and the Merkle root over them are
published first, the seed ten minutes later at the earliest. Then \`GET /v1/draws/{agency}/{day}/file\` is there.

    curl -O https://…/v1/draws/{agency}/{day}/file
    npm run draw:verify -- file --draw <hash> --root <root>

needs no database and no network. It ends with 0 when everything comes out as published, and with 1 at the first thing that does not.
A trader reads its own lot at \`GET /v1/declarations/{id}/draws\` (\`hash\` at once, \`salt\` after the day) and adds
\`--lot <hash>\` or \`--declaration <id> --salt <salt>\`: it must be among the lots.

## The file
JSON lines, canonical JSON (RFC 8785), UTF-8; hashes, seed and salt as 64 small hexadecimal digits.
1. \`draw\`: what was committed to. Its hash H0 is SHA-256 of this line without \`kind\`.
2. \`lot\`, one a declaration, in the order of entry: \`number\` from 1, \`lot\` (HMAC-SHA256 of the declaration's id under the salt: nobody else can tell whose
   it is), \`ppm\` (probability in millionths), \`rules\` (versions of the rule tables), \`excused\` (officers who must not inspect this one), \`early\` (registered
   before the seed was committed to), \`hash\`, \`selected\`, \`officers\`.
3. \`closing\`: \`count\`, \`root\`, \`head\`, published before the seed.
4. \`seed\`.
5. \`result\`: what the inspections found; a later one of the same lot corrects the earlier. More may be added later.

## The arithmetic
- seed: SHA-256 of its 32 bytes is \`seedHash\`.
- chain: \`hash\` = SHA-256 of the canonical JSON of {previous, number, lot, ppm, rules, excused, early}; \`previous\` is the hash of the lot before, H0 for the first.
- root: Merkle tree of RFC 9162 §2.1 over the \`hash\` texts.
- selected: the first 64 bits of HMAC-SHA256(seed, lot), a big-endian whole number, times 1,000,000 is less than ppm times 2^64.
- officers: of \`draw.officers\` without \`excused\`, the first \`officersDrawn\` by HMAC-SHA256(seed, lot + " " + code), ascending.
- results: \`hash\` = SHA-256 of the canonical JSON of {previous, number, lot, outcome, inspectedOn}; H0 before the first.

## What it does not show
That a probability is the right one for its declaration: its trader reads every factor at \`GET /v1/declarations/{id}/risk\`. That an officer was rightly
excused: names and excuses are committed to by \`rosterHash\`, which the agency can open to an auditor. And whoever runs the gateway knows the seed
while the day lasts: it could tell somebody, it could not change a lot unseen.
`
