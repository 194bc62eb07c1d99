/**
 * exotel/: the Exotel trunk REST API, typed.
 *
 * The rule for the API host: it decides where the key and token go.
 */
import * as l10n from '@vscode/l10n';
import { accept, type Checked, refuse, shorten } from './checked';

/** Of a name in DNS. */
const MAX_LENGTH = 253;

/** This computer, by its reserved name or an address nothing else can have. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** The origin, e.g. `https://api.in.exotel.com`. http only for this computer. */
export function checkApiHost(text: string): Checked<string> {
  const typed = text.trim();
  if (typed === '') return refuse('api_host', l10n.t('A host is needed, e.g. api.in.exotel.com.'));
  const url = readUrl(typed);
  if (url === null || url.hostname === '' || url.hostname.length > MAX_LENGTH) {
    return refuse(
      'api_host',
      l10n.t('“{0}” is no host. Write e.g. api.in.exotel.com.', shorten(withoutUser(typed))),
    );
  }
  if (url.username !== '' || url.password !== '') {
    return refuse(
      'api_host',
      l10n.t('Leave the key and token out of the host; they are asked for apart.'),
    );
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refuse('api_host', l10n.t('The host has to be reached by https.'));
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return refuse(
      'api_host',
      l10n.t('Without https the key and token would travel in the clear. Use https.'),
    );
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return refuse('api_host', l10n.t('Give the host alone, without a path: {0}.', url.host));
  }
  if (isLoopback(url.hostname) || url.hostname.endsWith('.exotel.com')) return accept(url.origin);
  return accept(
    url.origin,
    l10n.t('{0} is not Exotel’s: it will get your API key and token.', url.host),
  );
}

function readUrl(typed: string): URL | null {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
  const url = parse(hasScheme ? typed : `https://${typed}`);
  const isLocal = !hasScheme && url !== null && isLoopback(url.hostname);
  return isLocal ? parse(`http://${typed}`) : url;
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** What stands before an "@" may be a key; it is not repeated in a message. */
function withoutUser(text: string): string {
  return text.slice(text.lastIndexOf('@') + 1);
}
