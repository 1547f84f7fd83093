#!/usr/bin/env node
// Checks an export of Purser's ledger. Needs Node.js 20 or newer, and nothing else: read it before you trust it.
//
//   node verify.mjs EXPORT PUBLIC_KEY [--checkpoint ANCHORED]
//
// EXPORT      what `purser ledger export` or `purser ledger proof` wrote, or a segment (.jsonl.gz)
// PUBLIC_KEY  what `purser ledger key` prints, or a file with it; ask for it once, early, and keep it
// ANCHORED    a file with checkpoints that you kept, or copied from Slack
//
// Ends with 0 when all is as it was written, with 1 when it is not, with 2 when it could not be told.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

class Changed extends Error {}
class CannotTell extends Error {}

// --- The tree: RFC 6962, section 2.1 -------------------------------------------------------------------------------

const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const LEAF = Buffer.of(0)
const NODE = Buffer.of(1)
const leafHash = (bytes) => sha256(LEAF, Buffer.from(bytes, 'utf8'))
const nodeHash = (left, right) => sha256(NODE, left, right)

/** A growing tree of which only the complete subtrees on the left are kept. */
class Tree {
  constructor(size, hashes) {
    this.size = size
    this.hashes = hashes
  }
  append(hash, level = 0) {
    let place = this.size / 2 ** level
    let node = hash
    for (; place % 2 === 1; place = (place - 1) / 2) node = nodeHash(this.hashes.pop(), node)
    this.hashes.push(node)
    this.size += 2 ** level
  }
  root() {
    return this.hashes.length === 0 ? sha256() : this.hashes.reduceRight((right, left) => nodeHash(left, right))
  }
}

/** Levels of the fewest complete subtrees that cover the leaves from `from` to before `to`. */
function levelsBetween(from, to) {
  const levels = []
  for (let at = from; at < to; ) {
    let level = 0
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level += 1
    levels.push(level)
    at += 2 ** level
  }
  return levels
}

/** The roots that a proof leads to (RFC 9162, sections 2.1.3.2 and 2.1.4.2); null where it does not fit the sizes. */
function climb(at, last, start, proof) {
  let [left, right] = [start, start]
  for (const other of proof) {
    if (last === 0) return null
    if (at % 2 === 1 || at === last) {
      left = nodeHash(other, left)
      right = nodeHash(other, right)
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else right = nodeHash(right, other)
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 ? { left, right } : null
}

function isBeginning(older, newer, olderRoot, newerRoot, proof) {
  const path = Number.isInteger(Math.log2(older)) ? [olderRoot, ...proof] : [...proof]
  let [at, last] = [older - 1, newer - 1]
  while (at % 2 === 1) [at, last] = [(at - 1) / 2, Math.floor(last / 2)]
  const roots = path.length > 0 ? climb(at, last, path[0], path.slice(1)) : null
  return Boolean(roots?.left.equals(olderRoot) && roots.right.equals(newerRoot))
}

// --- Checkpoints: c2sp.org/tlog-checkpoint and c2sp.org/signed-note ------------------------------------------------

function readPublicKey(given) {
  const text = existsSync(given) ? readFileSync(given, 'utf8') : given
  const [, origin, id, coded] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text.trim()) ?? []
  const bytes = Buffer.from(coded ?? '', 'base64')
  if (bytes.length !== 33 || bytes[0] !== 1) throw new CannotTell(`${given} is not a public key: name+id+key`)
  if (sha256(`${origin}\n`, bytes).subarray(0, 4).toString('hex') !== id)
    throw new CannotTell('The public key is damaged')
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') }
  return { origin, id, key: createPublicKey({ key: jwk, format: 'jwk' }) }
}

const CHECKPOINT =
  /(?<=^|\n)(([^\s+]+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n—]+\n)*)\n((?:— [^\s+]+ [A-Za-z0-9+/]+={0,2}(?:\n|$))+)/gu

function findCheckpoints(text) {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/```/g, '\n')
    .replace(/^[ \t]+|[ \t]+$/gm, '')
  return [...plain.matchAll(CHECKPOINT)].map(([, body, origin, size, root, signatures]) => {
    return { body, origin, size: Number(size), root: Buffer.from(root, 'base64'), signatures }
  })
}

function checkSignature({ origin, id, key }, checkpoint, what) {
  const name = `${what} of ${checkpoint.size} entries`
  if (checkpoint.origin !== origin) throw new Changed(`${name} is of another ledger: ${checkpoint.origin}`)
  const signed = checkpoint.signatures.split('\n').some((line) => {
    const [, who, coded] = line.split(' ')
    const bytes = Buffer.from(coded ?? '', 'base64')
    if (who !== origin || bytes.subarray(0, 4).toString('hex') !== id) return false
    return verify(null, Buffer.from(checkpoint.body), key, bytes.subarray(4))
  })
  if (!signed) throw new Changed(`${name} is not signed by this ledger's key`)
  return checkpoint
}

// --- The export ----------------------------------------------------------------------------------------------------

const hashOf = (base64) => {
  const hash = Buffer.from(base64, 'base64')
  if (hash.length !== 32) throw new CannotTell(`Not a hash: ${base64}`)
  return hash
}

function parse(text, number) {
  try {
    return JSON.parse(text)
  } catch {
    throw new CannotTell(`Line ${number} is not JSON: what you gave is cut or damaged`)
  }
}

/** Everything but the entries, which are checked as they come. */
class Check {
  constructor(key, anchored) {
    this.key = key
    this.anchored = anchored
    this.checkpoints = new Map()
    this.consistency = new Map()
    this.agreed = { inExport: 0, anchored: 0 }
    this.good = 0
    this.bytes = null
  }

  line(text, number) {
    const value = parse(text, number)
    if (number === 1) this.head(value)
    else if ('leaf' in value) this.entry(value)
    else if (value.checkpoint) this.checkpoint(value.checkpoint)
    else if (value.consistency) this.consistency.set(value.consistency.from, value.consistency)
    else if (value.inclusion) this.inclusion(value.inclusion)
    else throw new CannotTell(`Line ${number} is nothing that this verifier knows`)
  }

  head(head) {
    if (head.purser !== 'ledger-export' || head.version !== 1) throw new CannotTell('This is no export of a ledger')
    const { from, to, size, left, right } = head
    if (!(0 <= from && from < to && to <= size) || left.length !== levelsBetween(0, from).length) {
      throw new CannotTell('The head of the export does not fit together')
    }
    this.range = { from, to, size }
    this.good = from
    this.tree = new Tree(from, left.map(hashOf))
    this.right = right.map(hashOf)
    for (const each of this.anchored) this.expect(each, 'anchored')
  }

  checkpoint(note) {
    const [found] = findCheckpoints(note)
    if (!found) throw new Changed(`A checkpoint in the export cannot be read: ${note.slice(0, 60)}`)
    this.expect(checkSignature(this.key, found, 'The checkpoint in the export'), 'inExport')
  }

  expect(checkpoint, from) {
    const all = this.checkpoints.get(checkpoint.size) ?? []
    this.checkpoints.set(checkpoint.size, [...all, { ...checkpoint, from }])
    if (checkpoint.size === this.tree.size) this.compare()
  }

  entry({ leaf, id, hash, bytes }) {
    const place = `Leaf ${leaf}, entry ${id}`
    if (leaf !== this.tree.size)
      throw new Changed(`Leaf ${this.tree.size} is missing: leaf ${leaf} (entry ${id}) stands there`)
    if (bytes === null) throw new Changed(`${place}, was removed: its hash is there, the entry is not`)
    const own = leafHash(bytes)
    if (!own.equals(hashOf(hash))) throw new Changed(`${place}, was changed: its bytes are not those that were sealed`)
    let named
    try {
      named = JSON.parse(bytes).id
    } catch {
      throw new Changed(`${place}, is no entry`)
    }
    if (named !== id) throw new Changed(`${place}, stands in the place of another: its bytes are of ${named}`)
    this.first ??= { leaf, bytes }
    this.tree.append(own)
    this.compare()
  }

  compare() {
    const { size } = this.tree
    for (const { root, from } of this.checkpoints.get(size) ?? []) this.agree(size, root.equals(this.tree.root()), from)
    this.checkpoints.delete(size)
  }

  agree(size, same, from) {
    const kind = from === 'anchored' ? 'anchored checkpoint' : 'checkpoint'
    const outside = size < this.range.from || size > this.range.to
    if (!same && outside && from === 'anchored') {
      throw new Changed(
        `The ledger of this export does not continue or lead to the ${kind} of ${size} entries: it was rewritten`,
      )
    }
    if (!same) {
      throw new Changed(
        `Between leaf ${this.good} and leaf ${size - 1} an entry was changed, added or removed together with its hash: ` +
          `the root over ${size} entries is not that of the ${kind}`,
      )
    }
    this.agreed[from] += 1
    if (from === 'anchored' || this.anchored.length === 0) this.good = Math.min(size, this.range.to)
  }

  inclusion({ leaf, size, hashes }) {
    if (this.first?.leaf !== leaf) throw new CannotTell('The inclusion proof is of an entry that is not in the export')
    this.proof = { leaf, size, hashes: hashes.map(hashOf) }
  }

  end() {
    if (!this.tree) throw new CannotTell('The export is empty')
    const { from, to, size } = this.range
    if (this.tree.size !== to)
      throw new Changed(`The export ends at leaf ${this.tree.size}, and says that it goes on to leaf ${to - 1}`)
    const levels = levelsBetween(to, size)
    if (levels.length !== this.right.length) throw new CannotTell('The head of the export does not fit together')
    for (const [index, level] of levels.entries()) this.tree.append(this.right[index], level)
    const root = this.tree.root()
    if (to < size) this.compare()
    if (this.agreed.inExport + this.agreed.anchored === 0) throw new CannotTell('No checkpoint covers the export')
    this.checkInclusion(root)
    this.compareOthers(root)
    return { from, to, agreed: this.agreed }
  }

  checkInclusion(root) {
    if (!this.proof) return
    const { leaf, size, hashes } = this.proof
    const end = climb(leaf, size - 1, leafHash(this.first.bytes), hashes)
    if (size !== this.range.size || !end?.right.equals(root)) {
      throw new Changed(`The inclusion proof does not lead from leaf ${leaf} to the root`)
    }
  }

  /** Checkpoints outside the range: they need a proof that one tree is the beginning of the other. */
  compareOthers(root) {
    const { size } = this.range
    for (const [other, all] of this.checkpoints) {
      for (const checkpoint of all) {
        if (other > size) {
          throw new Changed(
            `Leaf ${size} and all after it are missing: the checkpoint covers ${other} entries, the ledger had only ${size}`,
          )
        }
        const proof = this.consistency.get(other)
        if (!proof) {
          throw new CannotTell(
            `The checkpoint of ${other} entries lies outside the export. Ask for one made with --against that checkpoint`,
          )
        }
        this.agree(other, isBeginning(other, size, checkpoint.root, root, proof.hashes.map(hashOf)), checkpoint.from)
      }
    }
  }
}

/** Entries from anywhere in the ledger, each with its own way to the root that a checkpoint signed. */
class Proofs {
  constructor(key, anchored) {
    this.key = key
    this.anchored = anchored
    this.count = 0
  }

  line(text, number) {
    const value = parse(text, number)
    if (number === 1) this.head = value
    else if (value.checkpoint) this.signed(value.checkpoint)
    else this.entry(value)
  }

  signed(note) {
    const [found] = findCheckpoints(note)
    if (!found) throw new Changed('The checkpoint of the proof cannot be read')
    this.root = checkSignature(this.key, found, 'The checkpoint of the proof').root
    if (found.size !== this.head.size) throw new Changed('The proof is not for the checkpoint that it holds')
    for (const kept of this.anchored) {
      if (kept.size === found.size && !kept.root.equals(found.root)) {
        throw new Changed(
          `The ledger of this proof is not the one of the checkpoint of ${kept.size} entries that you kept`,
        )
      }
    }
  }

  entry({ leaf, id, bytes, hashes }) {
    const place = `Leaf ${leaf}, entry ${id}`
    if (!this.root) throw new CannotTell('The proof has no checkpoint')
    if (typeof bytes !== 'string') throw new Changed(`${place}, was removed: its hash is there, the entry is not`)
    if (JSON.parse(bytes).id !== id) throw new Changed(`${place}, stands in the place of another`)
    const end = climb(leaf, this.head.size - 1, leafHash(bytes), hashes.map(hashOf))
    if (!end?.right.equals(this.root))
      throw new Changed(`${place}, is not as it was written: its proof does not lead to the root`)
    this.count += 1
  }

  end() {
    const { entries, size } = this.head
    if (this.count !== entries)
      throw new Changed(`The proof holds ${this.count} entries, and says that they are ${entries}`)
    const same = this.anchored.filter((kept) => kept.size === size).length
    return { proofs: this.count, size, same }
  }
}

async function main(args) {
  const at = args.indexOf('--checkpoint')
  const file = at < 0 ? null : args[at + 1]
  const [path, given, ...more] = at < 0 ? args : args.toSpliced(at, 2)
  if (!path || !given || more.length > 0 || (at >= 0 && !file)) {
    throw new CannotTell('Usage: node verify.mjs EXPORT PUBLIC_KEY [--checkpoint ANCHORED]')
  }
  for (const each of [path, file]) if (each && !existsSync(each)) throw new CannotTell(`There is no ${each}`)
  const key = readPublicKey(given)
  const found = file ? findCheckpoints(readFileSync(file, 'utf8')) : []
  if (file && found.length === 0) throw new CannotTell(`There is no checkpoint in ${file}: copy one whole`)
  const anchored = found.map((each) => checkSignature(key, each, 'The anchored checkpoint'))
  let check
  let number = 0
  for await (const line of createInterface({ input: bytesOf(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1
    check ??= line.startsWith('{"purser":"ledger-proofs","version":1,')
      ? new Proofs(key, anchored)
      : new Check(key, anchored)
    check.line(line, number)
  }
  if (!check) throw new CannotTell('The export is empty')
  const end = check.end()
  if ('proofs' in end) tellProofs(end)
  else tell(end)
}

/** Segments are compressed; what was cut or damaged there ends the reading. */
function bytesOf(path) {
  const file = createReadStream(path)
  if (!path.endsWith('.gz')) return file
  const unpacked = createGunzip()
  file.on('error', (error) => unpacked.destroy(error))
  unpacked.on('error', () => {
    process.stderr.write(`${path} cannot be unpacked: it is cut or damaged.\n`)
    process.exit(2)
  })
  return file.pipe(unpacked)
}

const say = (text) => process.stdout.write(`${text}\n`)

function tell({ from, to, agreed }) {
  say('The export is as it was written.')
  const count = to - from === 1 ? 'the entry' : `the ${(to - from).toLocaleString('en')} entries`
  say(`Every byte of ${count} (leaf ${from} to ${to - 1}) is under a checkpoint signed by the key that you gave.`)
  if (agreed.anchored > 0) {
    say(`${agreed.anchored} checkpoint(s) that you kept agree: nothing they cover was changed since they were made.`)
  } else {
    say('This shows that the entries belong together, not that none was changed before the export was made:')
    say('whoever holds the signing key could have signed another ledger. Give a checkpoint that you kept: --checkpoint')
  }
}

function tellProofs({ proofs, size, same }) {
  say('The entries are as they were written.')
  say(`Every byte of ${proofs} entries is under the checkpoint of ${size} entries, signed by the key that you gave.`)
  if (same > 0) say('It is one that you kept: nothing of them was changed since it was made.')
  else
    say(
      `Compare it with the anchored checkpoint of ${size} entries (--checkpoint): whoever holds the key could sign another.`,
    )
}

main(process.argv.slice(2)).catch((error) => {
  const why = error instanceof CannotTell ? `${error.message}.` : `Cannot tell: ${error.stack}`
  process.stderr.write(error instanceof Changed ? `THE LEDGER WAS CHANGED.\n${error.message}.\n` : `${why}\n`)
  process.exitCode = error instanceof Changed ? 1 : 2
})
