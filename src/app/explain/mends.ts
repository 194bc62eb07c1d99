/**
 * app/: the application, without `vscode`.
 *
 * From what is wrong to the commands that mend it. They ask for account and trunk themselves.
 */
import * as l10n from '@vscode/l10n';
import type { UseCase } from '../../terms/use';
import type { Action } from '../../terms/finding';
import type { TraceFinding } from '../../trace/types';
import type { Problem } from '../../exotel/errors';

export interface Remedy {
  readonly label: string;
  readonly command: string;
  readonly args: readonly unknown[];
}

function remedy(label: string, command: string, ...args: readonly unknown[]): Remedy {
  return { label, command, args };
}

/** Offered only when there is such a command. */
export function checksRemedy(): Remedy {
  return remedy(l10n.t('Run First-Call Checks…'), 'exotelSip.check.run');
}

function generateRemedy(): Remedy {
  return remedy(l10n.t('Generate PBX Configuration…'), 'exotelSip.pbx.generate');
}

export function settingsRemedy(setting: string): Remedy {
  return remedy(l10n.t('Open Settings'), 'workbench.action.openSettings', `@id:${setting}`);
}

export function remedyOf(action: Action['kind']): Remedy {
  switch (action) {
    case 'mapNumber':
      return remedy(l10n.t('Map Phone Numbers…'), 'exotelSip.number.map');
    case 'switchMode':
      return remedy(l10n.t('Switch Phone Number Mode…'), 'exotelSip.number.switchMode');
    case 'whitelistIp':
      return remedy(l10n.t('Whitelist IPs…'), 'exotelSip.ip.whitelist');
    case 'addDestination':
      return remedy(l10n.t('Add Destination URIs…'), 'exotelSip.destination.add');
    case 'editDestination':
      return remedy(l10n.t('Change Destination Address…'), 'exotelSip.destination.changeAddress');
    case 'createCredential':
      return remedy(l10n.t('Create Credential…'), 'exotelSip.credential.create');
    case 'rotateCredential':
      return remedy(l10n.t('Rotate SIP Password…'), 'exotelSip.credential.rotate');
    case 'setCallerId':
      return remedy(l10n.t('Set Caller ID…'), 'exotelSip.callerId.set');
    case 'refresh':
      return remedy(l10n.t('Refresh All Accounts'), 'exotelSip.view.refresh');
    case 'findEdge':
      return remedy(l10n.t('Find a Reachable Edge…'), 'exotelSip.edge.find');
    case 'openSettings':
      return settingsRemedy('exotelSip.edges');
  }
}

/** Of an entry of the tables: the mend, then the checks that find it by themselves. */
export function remediesOf(
  action: Action['kind'] | null,
  useCase: UseCase | null,
): readonly Remedy[] {
  return [
    ...(action === null ? [] : [remedyOf(action)]),
    ...(useCase === null && action === null ? [] : [checksRemedy()]),
  ];
}

/**
 * Of a finding in a trace. `in`: a call from Exotel that the PBX refused, where nothing at Exotel is to
 * be changed.
 */
export function remediesOfFinding(
  { kind }: Pick<TraceFinding, 'kind'>,
  direction: 'out' | 'in' | 'unknown',
): readonly Remedy[] {
  switch (kind) {
    case 'digestLoop':
      return [remedyOf('rotateCredential'), generateRemedy()];
    case 'ipRefused':
      return direction === 'in' ? [generateRemedy()] : [remedyOf('whitelistIp'), checksRemedy()];
    case 'callerIdNotMapped':
      return [remedyOf('mapNumber'), generateRemedy()];
    case 'numberUnknown':
      return direction === 'in'
        ? [generateRemedy()]
        : [remedyOf('mapNumber'), remedyOf('switchMode')];
    case 'flowHeader':
      return [generateRemedy(), remedyOf('switchMode')];
    case 'noAnswer':
      return direction === 'in'
        ? [remedyOf('editDestination'), checksRemedy()]
        : [remedyOf('findEdge'), checksRemedy()];
    case 'optionsUnanswered':
      return [remedyOf('findEdge'), checksRemedy()];
    case 'realm':
    case 'fromDomain':
    case 'codecs':
    case 'srtp':
    case 'transportMismatch':
    case 'privateAddress':
    case 'ackLost':
    case 'registration':
    case 'challengedInbound':
      return [generateRemedy()];
    case 'rtpPorts':
    case 'serverError':
    case 'otherFailure':
      return [checksRemedy()];
    case 'numberFormat':
    case 'busy':
    case 'cancelled':
    case 'declined':
      return [];
  }
}

/** Of a failed call of the API. */
export function remediesOfProblem(problem: Problem): readonly Remedy[] {
  switch (problem.kind) {
    case 'auth':
      return [
        remedy(l10n.t('Replace API Key and Token…'), 'exotelSip.account.replaceKeys'),
        remedy(l10n.t('Edit Account…'), 'exotelSip.account.edit'),
      ];
    case 'notFound':
      return [remedyOf('refresh')];
    case 'conflict':
      return problem.operation === 'map phone number'
        ? [remedy(l10n.t('Find Trunk of Phone Number…'), 'exotelSip.number.find')]
        : [remedyOf('refresh')];
    case 'invalid':
      return problem.field === 'destination' && /whitelisted/i.test(problem.description ?? '')
        ? [remedyOf('whitelistIp')]
        : [];
    case 'rateLimited':
      return [settingsRemedy('exotelSip.callsPerMinute')];
    case 'network':
      return problem.cause === 'proxy'
        ? [settingsRemedy('http.proxy')]
        : [remedy(l10n.t('Verify Account'), 'exotelSip.account.verify')];
    case 'forbidden':
    case 'server':
    case 'badResponse':
    case 'aborted':
      return [];
  }
}
