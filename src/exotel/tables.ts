/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The tables of Exotel's guide on HTTP status and error codes, and what the live API was seen to mean where
 * it differs.
 */
import * as l10n from '@vscode/l10n';

export interface HttpStatus {
  readonly status: number;
  readonly meaning: string;
  readonly cause: string;
  readonly solution: string;
}

/** Made when asked for: the language is known only once the program runs. */
export function httpStatuses(): readonly HttpStatus[] {
  return [
    {
      status: 200,
      meaning: 'OK',
      cause: l10n.t('The request was successful. With status "failure" inside: a duplicate.'),
      solution: l10n.t('Nothing to do; with a duplicate, use what is already there.'),
    },
    {
      status: 207,
      meaning: 'Multi-Status',
      cause: l10n.t('Some items of the request were done, others not.'),
      solution: l10n.t('Look at each item.'),
    },
    {
      status: 400,
      meaning: 'Bad Request',
      cause: l10n.t('A parameter is missing or invalid.'),
      solution: l10n.t('Correct the value the description names.'),
    },
    {
      status: 401,
      meaning: 'Unauthorized',
      cause: l10n.t('API key or token is wrong, or belongs to another region.'),
      solution: l10n.t('Check API key and token, and the region of the account.'),
    },
    {
      status: 403,
      meaning: 'Forbidden',
      cause: l10n.t(
        'Access denied: the trunk is not of this account, or SIP trunking is not enabled.',
      ),
      solution: l10n.t('Check the trunk SID; write to hello@exotel.com to enable SIP trunking.'),
    },
    {
      status: 404,
      meaning: 'Not Found',
      cause: l10n.t('The trunk SID, number or id does not exist.'),
      solution: l10n.t('Verify the ids; refresh the tree.'),
    },
    {
      status: 409,
      meaning: 'Conflict',
      cause: l10n.t('It already exists: a trunk of this name, or a number or IP that is mapped.'),
      solution: l10n.t('Use what is there, or remove it first.'),
    },
    {
      status: 415,
      meaning: 'Unsupported Media Type',
      cause: l10n.t('The request was not sent as application/json.'),
      solution: l10n.t('Send Content-Type: application/json.'),
    },
    {
      status: 429,
      meaning: 'Too Many Requests',
      cause: l10n.t('More than 200 calls in a minute.'),
      solution: l10n.t('Wait a minute, and lower exotelSip.callsPerMinute.'),
    },
    {
      status: 500,
      meaning: 'Internal Server Error',
      cause: l10n.t('A fault at Exotel.'),
      solution: l10n.t('Try again; then contact support@exotel.com with the request id.'),
    },
  ];
}

export interface ErrorCode {
  readonly code: number;
  /** HTTP statuses it was documented with. */
  readonly http: readonly number[];
  readonly message: string;
  readonly cause: string;
  readonly solution: string;
}

/** `error_data.code`. Exotel's older guide gives 1000, 1002 and 1003 other meanings, named here too. */
export function errorCodes(): readonly ErrorCode[] {
  return [
    {
      code: 1000,
      http: [404, 400],
      message: 'Not Found',
      cause: l10n.t(
        'The path or an id does not exist. The older guide: invalid request, a missing or invalid field.',
      ),
      solution: l10n.t('Check the ids, then the fields of the request.'),
    },
    {
      code: 1001,
      http: [400],
      message: 'Mandatory Parameter missing',
      cause: l10n.t('A mandatory parameter is missing.'),
      solution: l10n.t('Give the parameter the description names.'),
    },
    {
      code: 1002,
      http: [400, 207, 409],
      message: 'Invalid parameter',
      cause: l10n.t(
        'A value is not what it has to be. The older guide: the resource already exists.',
      ),
      solution: l10n.t('Correct the value the description names.'),
    },
    {
      code: 1003,
      http: [403, 404],
      message: 'Authorization failed',
      cause: l10n.t(
        'The trunk is unknown or of another account. The older guide: the trunk does not exist.',
      ),
      solution: l10n.t('Check the trunk SID.'),
    },
    {
      code: 1007,
      http: [400],
      message: 'Invalid request body, failed parsing',
      cause: l10n.t('The body is not the JSON that is expected.'),
      solution: l10n.t('Check the JSON: quotes, commas, numbers without quotes.'),
    },
    {
      code: 1008,
      http: [200, 409],
      message: 'Duplicate resource',
      cause: l10n.t('It already exists: a trunk of this name, or a number or IP that is mapped.'),
      solution: l10n.t('Use what is there, or remove it first.'),
    },
    {
      code: 1010,
      http: [401],
      message: 'Authorization failed',
      cause: l10n.t('API key or token is wrong, or right for another region.'),
      solution: l10n.t('Check API key and token, and the region of the account.'),
    },
    {
      code: 1011,
      http: [415],
      message: 'Unsupported content type',
      cause: l10n.t('The request was not sent as application/json.'),
      solution: l10n.t('Send Content-Type: application/json.'),
    },
    {
      code: 1030,
      http: [429],
      message: 'Rate limit',
      cause: l10n.t('More than 200 calls in a minute.'),
      solution: l10n.t('Wait a minute.'),
    },
  ];
}

export function httpStatus(status: number): HttpStatus | null {
  return httpStatuses().find((one) => one.status === status) ?? null;
}

export function errorCode(code: number): ErrorCode | null {
  return errorCodes().find((one) => one.code === code) ?? null;
}
