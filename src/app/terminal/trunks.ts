/**
 * app/: the application, without `vscode`.
 *
 * `trunks` and `show` of the terminal: what an account has, and what is set up on one trunk.
 */
import * as l10n from '@vscode/l10n';
import type { AccountTrunks } from '../../trunks/account-trunks';
import { unread, listedTrunks, wholeTrunk } from './account';
import { type Answer, findingWords, hasProblem, oneLine, problemDocument, table } from './answer';
import { type DocumentOf, type FindingDocument, SCHEMA_VERSION } from './documents';

/** What the list alone tells: nothing more is fetched for it. */
function listFindings(sid: string, status: 'active' | 'inactive' | null): FindingDocument[] {
  if (status !== 'inactive') return [];
  return [
    {
      kind: 'trunk.created',
      level: 'problem',
      what: l10n.t('Trunk {0} is inactive: it carries no calls.', sid),
      doNext: l10n.t('Ask support@exotel.com to activate it.'),
      evidence: [],
    },
  ];
}

export async function trunksAnswer(
  account: AccountTrunks,
  signal: AbortSignal,
): Promise<Answer<DocumentOf<'trunks'>>> {
  const trunks = (await listedTrunks(account, signal)).map(({ trunk: { sid, name, status } }) => ({
    ...{ sid, name, status },
    findings: listFindings(sid, status),
  }));
  const rows = trunks.map(({ sid, name, status }) => [sid, oneLine(name), status ?? '']);
  return {
    document: { schemaVersion: SCHEMA_VERSION, trunks },
    words: trunks.length === 0 ? [l10n.t('This account has no trunks.')] : table(rows),
    exit: hasProblem(trunks.flatMap(({ findings }) => findings)) ? 1 : 0,
  };
}

/** Exit code 3 when a part of the trunk could not be read: its list is then empty in the document. */
export async function showAnswer(
  account: AccountTrunks,
  named: string,
  signal: AbortSignal,
): Promise<Answer<DocumentOf<'show'>>> {
  const snapshot = await wholeTrunk(account, named, signal);
  const { trunk, sections } = snapshot;
  const { sid, name, status, domain } = trunk;
  const failures = unread(snapshot).map(({ problem }) => problemDocument(problem));
  const document: DocumentOf<'show'> = {
    schemaVersion: SCHEMA_VERSION,
    ...(failures.length === 0 ? {} : { findings: failures }),
    trunk: { sid, name, status, domain },
    numbers: (sections.numbers.value ?? []).map(({ number, mode }) => ({ number, mode })),
    whitelistedIps: (sections.ips.value ?? []).map(({ ip, mask, friendlyName }) => ({
      ...{ ip, mask, friendlyName },
    })),
    destinations: (sections.destinations.value ?? []).map(({ destination, priority, weight }) => ({
      ...{ destination, priority, weight },
    })),
    credentials: (sections.credentials.value ?? []).map(({ userName, kind }) => ({
      ...{ userName, kind },
    })),
    settings: (sections.settings.value ?? []).map((one) => ({ name: one.name, value: one.value })),
  };
  return {
    document,
    words: [...showWords(document), ...failures.flatMap(findingWords)],
    exit: failures.length === 0 ? 0 : 3,
  };
}

function showWords(shown: DocumentOf<'show'>): string[] {
  const { trunk } = shown;
  const section = (title: string, rows: readonly (readonly string[])[]): string[] => [
    '',
    title,
    ...(rows.length === 0 ? [`  ${l10n.t('none')}`] : table(rows).map((line) => `  ${line}`)),
  ];
  return [
    ...table([
      [l10n.t('Trunk'), oneLine(trunk.name)],
      [l10n.t('SID'), trunk.sid],
      [l10n.t('Status'), trunk.status ?? l10n.t('not told')],
      [l10n.t('SIP domain'), trunk.domain ?? l10n.t('not told')],
    ]),
    ...section(
      l10n.t('Phone numbers'),
      shown.numbers.map(({ number, mode }) => [oneLine(number), mode]),
    ),
    ...section(
      l10n.t('Whitelisted IPs'),
      shown.whitelistedIps.map(({ ip, mask, friendlyName }) => [
        `${ip}/${mask}`,
        oneLine(friendlyName ?? ''),
      ]),
    ),
    ...section(
      l10n.t('Destination URIs'),
      shown.destinations.map(({ destination, priority, weight }) => [
        oneLine(destination),
        l10n.t('priority {0}, weight {1}', priority, weight),
      ]),
    ),
    ...section(
      l10n.t('Credentials'),
      shown.credentials.map(({ userName, kind }) => [
        oneLine(userName),
        kind === 'issued' ? l10n.t('issued by Exotel') : l10n.t('made by you'),
      ]),
    ),
    ...section(
      l10n.t('Settings'),
      shown.settings.map(({ name, value }) => [oneLine(name), oneLine(value)]),
    ),
  ];
}
