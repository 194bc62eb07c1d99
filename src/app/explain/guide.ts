/**
 * app/: the application, without `vscode`.
 *
 * "Troubleshooting" of Exotel's guides: the common issues, and the flow charts as steps. Each names the
 * checks that do it by themselves.
 */
import * as l10n from '@vscode/l10n';
import type { UseCase } from '../../terms/use';
import type { Action } from '../../terms/finding';

export interface Issue {
  /** Stable, in whatever language the words are. */
  readonly id: string;
  readonly issue: string;
  readonly cause: string;
  readonly solution: string;
  readonly action: Action['kind'] | null;
  /** Whose checks find it. Null: they cannot. */
  readonly useCase: UseCase | null;
}

/** Made when asked for, as every table of words: the language is known only once the program runs. */
export function issues(): readonly Issue[] {
  return [
    {
      id: '401-on-registration',
      issue: l10n.t('401 on registration'),
      cause: l10n.t('Wrong credentials; and Exotel takes no registration.'),
      solution: l10n.t(
        'Switch registration off and check user name and password of the credential.',
      ),
      action: 'rotateCredential',
      useCase: 'outbound',
    },
    {
      id: '403-on-an-outbound-call',
      issue: l10n.t('403 on an outbound call'),
      cause: l10n.t('The IP is not whitelisted.'),
      solution: l10n.t('Whitelist the public IP of the PBX.'),
      action: 'whitelistIp',
      useCase: 'outbound',
    },
    {
      id: '404-on-an-outbound-call',
      issue: l10n.t('404 on an outbound call'),
      cause: l10n.t('Invalid number format.'),
      solution: l10n.t('Use E.164, e.g. +919876543210.'),
      action: null,
      useCase: 'outbound',
    },
    {
      id: 'no-inbound-calls',
      issue: l10n.t('No inbound calls'),
      cause: l10n.t('Missing destination URI.'),
      solution: l10n.t('Add the address of your server as destination URI.'),
      action: 'addDestination',
      useCase: 'inbound',
    },
    {
      id: 'one-way-audio',
      issue: l10n.t('One-way audio'),
      cause: l10n.t('A firewall blocks RTP.'),
      solution: l10n.t("Open UDP 10000-40000 (Exotel's older guide: 10000-20000)."),
      action: null,
      useCase: null,
    },
    {
      id: 'tls-handshake-failed',
      issue: l10n.t('TLS handshake failed'),
      cause: l10n.t('A certificate issue.'),
      solution: l10n.t('Check validity, name and chain of the certificate.'),
      action: null,
      useCase: 'inbound',
    },
    {
      id: 'registration-timeout',
      issue: l10n.t('Registration timeout'),
      cause: l10n.t('Network or firewall; and Exotel takes no registration.'),
      solution: l10n.t(
        'Check that the ports 5060 and 5061 (5070 and 443 on newer edges) are open.',
      ),
      action: 'findEdge',
      useCase: 'outbound',
    },
  ];
}

export interface Chart {
  readonly id: string;
  readonly problem: string;
  readonly symptom: string;
  readonly checks: readonly { readonly question: string; readonly steps: readonly string[] }[];
  readonly useCase: UseCase | null;
}

export function charts(): readonly Chart[] {
  return [
    {
      id: '401-unauthorized',
      problem: '401 Unauthorized',
      symptom: l10n.t('Calls, or a registration, fail with 401.'),
      checks: [
        {
          question: l10n.t('Are the credentials correct?'),
          steps: [
            l10n.t(
              'The user name is the one of the credential; for the pair issued with the trunk it is the trunk SID.',
            ),
            l10n.t('The password matches. Exotel does not tell it again: rotate it when in doubt.'),
          ],
        },
        {
          question: l10n.t('Is the authentication method correct?'),
          steps: [
            l10n.t('Use digest authentication, not basic.'),
            l10n.t('Realm: pstn.exotel.com, or better any.'),
            l10n.t('No registration: each call is challenged on its own.'),
          ],
        },
      ],
      useCase: 'outbound',
    },
    {
      id: '403-forbidden',
      problem: '403 Forbidden',
      symptom: l10n.t('Calls are rejected with 403.'),
      checks: [
        {
          question: l10n.t('Is your IP whitelisted?'),
          steps: [
            l10n.t('Your public IP is in the list.'),
            l10n.t('Behind NAT: the external, public IP.'),
          ],
        },
        {
          question: l10n.t('Is the phone number mapped?'),
          steps: [l10n.t('The caller ID you send is mapped to this trunk.')],
        },
      ],
      useCase: 'outbound',
    },
    {
      id: 'no-inbound-calls',
      problem: l10n.t('No inbound calls'),
      symptom: l10n.t('Calls to your number do not reach your server.'),
      checks: [
        {
          question: l10n.t('Is a destination URI configured?'),
          steps: [
            l10n.t('IP and port of your server are listed, and the flow dials sip:<trunk SID>.'),
          ],
        },
        {
          question: l10n.t('Is your server reachable?'),
          steps: [
            l10n.t('The firewall allows inbound on 5060 and 5061.'),
            l10n.t('The server listens on the right port.'),
            l10n.t('From outside: nc -zv <your IP> 5061.'),
          ],
        },
        {
          question: l10n.t('Is the TLS certificate valid?'),
          steps: [
            l10n.t('The certificate has not expired.'),
            l10n.t('The chain is complete.'),
            l10n.t('Its name is the one Exotel calls.'),
          ],
        },
      ],
      useCase: 'inbound',
    },
    {
      id: 'call-connects-but-no-audio',
      problem: l10n.t('Call connects but no audio'),
      symptom: l10n.t('The call is shown as connected, and one or both sides hear nothing.'),
      checks: [
        {
          question: l10n.t('Is it NAT or a firewall?'),
          steps: [
            l10n.t("The RTP ports are open: UDP 10000-40000 (Exotel's older guide: 10000-20000)."),
            l10n.t('Behind NAT the PBX tells its public address (or uses STUN or TURN).'),
            l10n.t('SIP ALG is off on the router.'),
          ],
        },
        {
          question: l10n.t('Do the codecs match?'),
          steps: [
            l10n.t('Supported: G.711 A-law (PCMA), G.711 µ-law (PCMU), G.729.'),
            l10n.t('With TLS both sides use SRTP, with TCP neither does.'),
          ],
        },
      ],
      useCase: null,
    },
  ];
}
