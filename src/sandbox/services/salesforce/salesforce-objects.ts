interface SalesforceObject {
  /** The first three characters of its records' ids. */
  prefix: string
  required: string[]
  /** Standard fields by which an upsert may find a record; custom ones (`…__c`) may always. */
  lookupFields: string[]
  /** Standard fields that no two records share; custom ones by which one may look up are unique too. */
  uniqueFields: string[]
}

const USER_REQUIRES = [
  'Username',
  'LastName',
  'Email',
  'Alias',
  'TimeZoneSidKey',
  'LocaleSidKey',
  'EmailEncodingKey',
  'LanguageLocaleKey',
  'ProfileId',
]

/** The kinds of record that the sandbox keeps, by name. */
export const SALESFORCE_OBJECTS: Record<string, SalesforceObject> = {
  Account: { prefix: '001', required: ['Name'], lookupFields: [], uniqueFields: [] },
  Case: { prefix: '500', required: [], lookupFields: [], uniqueFields: [] },
  Contact: { prefix: '003', required: ['LastName'], lookupFields: ['Email'], uniqueFields: [] },
  Lead: { prefix: '00Q', required: ['LastName', 'Company'], lookupFields: ['Email'], uniqueFields: [] },
  Opportunity: { prefix: '006', required: ['Name', 'StageName', 'CloseDate'], lookupFields: [], uniqueFields: [] },
  Task: { prefix: '00T', required: [], lookupFields: [], uniqueFields: [] },
  User: {
    prefix: '005',
    required: USER_REQUIRES,
    lookupFields: ['Username', 'FederationIdentifier'],
    uniqueFields: ['Username', 'FederationIdentifier'],
  },
}

/** Whether an upsert may find records of this object by the field. */
export function isExternalId(object: SalesforceObject, field: string): boolean {
  return field.endsWith('__c') || object.lookupFields.includes(field)
}

/** Whether no two records may share a value of the field; in the sandbox all custom fields named `…Id__c` or `…Key__c` are. */
export function isUnique(object: SalesforceObject, field: string): boolean {
  return /(Id|ID|Key)__c$/.test(field) || object.uniqueFields.includes(field)
}
