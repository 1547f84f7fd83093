import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { provesConsistency, provesInclusion } from '../ledger/tree/verify-proofs.ts'

/** Of transparency-dev/merkle; 98 of each kind, hashes in base64. */
const VECTORS = fileURLToPath(new URL('../../../shared/vectors', import.meta.url))

interface Vector {
  desc: string
  wantErr: boolean
  root: string
  leafHash: string
  leafIdx: number
  treeSize: number
  size1: number
  size2: number
  root1: string
  root2: string
  proof: string[] | null
}

const vectorsOf = (kind: string): Vector[] =>
  globSync(`${kind}/**/*.json`, { cwd: VECTORS }).map(
    (file) => JSON.parse(readFileSync(join(VECTORS, file), 'utf8')) as Vector,
  )
const bytes = (base64: string): Buffer => Buffer.from(base64 ?? '', 'base64')

describe.skipIf(!existsSync(VECTORS))('the vectors of transparency-dev/merkle', () => {
  test('98 inclusion proofs are taken or refused as they should be', () => {
    const wrong = vectorsOf('inclusion').filter((vector) => {
      const { leafIdx: leaf, treeSize: size, root, leafHash, proof } = vector
      const hashes = { root: bytes(root), leafHash: bytes(leafHash), proof: (proof ?? []).map(bytes) }
      return provesInclusion({ leaf, size, ...hashes }) === vector.wantErr
    })
    expect(wrong.map(({ desc }) => desc)).toEqual([])
    expect(vectorsOf('inclusion')).toHaveLength(98)
  })

  test('98 consistency proofs are taken or refused as they should be', () => {
    const wrong = vectorsOf('consistency').filter((vector) => {
      const { size1: older, size2: newer, root1, root2, proof } = vector
      const hashes = { olderRoot: bytes(root1), newerRoot: bytes(root2), proof: (proof ?? []).map(bytes) }
      return provesConsistency({ older, newer, ...hashes }) === vector.wantErr
    })
    expect(wrong.map(({ desc, size1, size2 }) => `${desc} ${size1} ${size2}`)).toEqual([])
    expect(vectorsOf('consistency')).toHaveLength(98)
  })
})
