/** Names of fields, headers and parameters that carry secrets in any service; letters only, in lower case. */
const EXACT = new Set([
  'accountnumber',
  'apikey',
  'assertion',
  'authorization',
  'bearer',
  'cardnumber',
  'cookie',
  'credential',
  'credentials',
  'cvc',
  'cvv',
  'dateofbirth',
  'dob',
  'hashfunction',
  'iban',
  'jwt',
  'otp',
  'passcode',
  'passphrase',
  'passwd',
  'pwd',
  'responseurl',
  'routingnumber',
  'setcookie',
  'sig',
  'signature',
  'ssn',
  'socialsecuritynumber',
  'uploadurl',
])

/** `bot_access_token`, `client_secret`, `newPassword`, `X-Api-Key`: what such a name ends with says what it is. */
const ENDINGS = ['password', 'secret', 'token', 'apikey', 'privatekey', 'signature', 'authorization', 'assertion']

/** Tokens that are places in a list, and open nothing. */
const PLACES = /(?:page|sync|continuation|cursor)token$/

/** Service, by name alone, says that a value is secret: case, underscores and hyphens make no difference. */
export function isSecretName(name: string): boolean {
  const letters = lettersOf(name)
  return EXACT.has(letters) || (ENDINGS.some((ending) => letters.endsWith(ending)) && !PLACES.test(letters))
}

/** A name as it is compared: `Access-Token`, `access_token` and `accessToken` are one. */
export const lettersOf = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')
