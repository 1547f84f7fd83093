import { PersonNeeded } from '../domain/errors.ts'

/** Runs a decryption; a failed one says that the ciphertext is not what was written. */
export function unaltered<T>(decrypting: () => T): T {
  try {
    return decrypting()
  } catch (cause) {
    throw new PersonNeeded({
      code: 'sealed-bytes-changed',
      message: 'What was sealed does not open with its key: its bytes are not the ones that were written',
      hint: 'Compare the ledger with a checkpoint that is kept elsewhere, and with a backup.',
      cause,
    })
  }
}
