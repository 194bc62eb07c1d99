/**
 * app/: the application, without `vscode`.
 *
 * "Troubleshooting" of Exotel's guides: the common issues, and the flow charts as steps. Each names the
 * checks that do it by themselves.
 */
import type { UseCase } from '../../terms/use';
import type { Action } from '../../terms/finding';

export interface Issue {
  readonly issue: string;
  readonly cause: string;
  readonly solution: string;
  readonly action: Action['kind'] | null;
  /** Whose checks find it. Null: they cannot. */
  readonly useCase: UseCase | null;
}

export const issues: readonly Issue[] = [
  {
    issue: '401 on registration',
    cause: 'Wrong credentials; and Exotel takes no registration.',
    solution: 'Switch registration off and check user name and password of the credential.',
    action: 'rotateCredential',
    useCase: 'outbound',
  },
  {
    issue: '403 on an outbound call',
    cause: 'The IP is not whitelisted.',
    solution: 'Whitelist the public IP of the PBX.',
    action: 'whitelistIp',
    useCase: 'outbound',
  },
  {
    issue: '404 on an outbound call',
    cause: 'Invalid number format.',
    solution: 'Use E.164, e.g. +919876543210.',
    action: null,
    useCase: 'outbound',
  },
  {
    issue: 'No inbound calls',
    cause: 'Missing destination URI.',
    solution: 'Add the address of your server as destination URI.',
    action: 'addDestination',
    useCase: 'inbound',
  },
  {
    issue: 'One-way audio',
    cause: 'A firewall blocks RTP.',
    solution: "Open UDP 10000-40000 (Exotel's older guide: 10000-20000).",
    action: null,
    useCase: null,
  },
  {
    issue: 'TLS handshake failed',
    cause: 'A certificate issue.',
    solution: 'Check validity, name and chain of the certificate.',
    action: null,
    useCase: 'inbound',
  },
  {
    issue: 'Registration timeout',
    cause: 'Network or firewall; and Exotel takes no registration.',
    solution: 'Check that the ports 5060 and 5061 (5070 and 443 on newer edges) are open.',
    action: 'findEdge',
    useCase: 'outbound',
  },
];

export interface Chart {
  readonly problem: string;
  readonly symptom: string;
  readonly checks: readonly { readonly question: string; readonly steps: readonly string[] }[];
  readonly useCase: UseCase | null;
}

export const charts: readonly Chart[] = [
  {
    problem: '401 Unauthorized',
    symptom: 'Calls, or a registration, fail with 401.',
    checks: [
      {
        question: 'Are the credentials correct?',
        steps: [
          'The user name is the one of the credential; for the pair issued with the trunk it is the trunk SID.',
          'The password matches. Exotel does not tell it again: rotate it when in doubt.',
        ],
      },
      {
        question: 'Is the authentication method correct?',
        steps: [
          'Use digest authentication, not basic.',
          'Realm: pstn.exotel.com, or better any.',
          'No registration: each call is challenged on its own.',
        ],
      },
    ],
    useCase: 'outbound',
  },
  {
    problem: '403 Forbidden',
    symptom: 'Calls are rejected with 403.',
    checks: [
      {
        question: 'Is your IP whitelisted?',
        steps: ['Your public IP is in the list.', 'Behind NAT: the external, public IP.'],
      },
      {
        question: 'Is the phone number mapped?',
        steps: ['The caller ID you send is mapped to this trunk.'],
      },
    ],
    useCase: 'outbound',
  },
  {
    problem: 'No inbound calls',
    symptom: 'Calls to your number do not reach your server.',
    checks: [
      {
        question: 'Is a destination URI configured?',
        steps: ['IP and port of your server are listed, and the flow dials sip:<trunk SID>.'],
      },
      {
        question: 'Is your server reachable?',
        steps: [
          'The firewall allows inbound on 5060 and 5061.',
          'The server listens on the right port.',
          'From outside: nc -zv <your IP> 5061.',
        ],
      },
      {
        question: 'Is the TLS certificate valid?',
        steps: [
          'The certificate has not expired.',
          'The chain is complete.',
          'Its name is the one Exotel calls.',
        ],
      },
    ],
    useCase: 'inbound',
  },
  {
    problem: 'Call connects but no audio',
    symptom: 'The call is shown as connected, and one or both sides hear nothing.',
    checks: [
      {
        question: 'Is it NAT or a firewall?',
        steps: [
          "The RTP ports are open: UDP 10000-40000 (Exotel's older guide: 10000-20000).",
          'Behind NAT the PBX tells its public address (or uses STUN or TURN).',
          'SIP ALG is off on the router.',
        ],
      },
      {
        question: 'Do the codecs match?',
        steps: [
          'Supported: G.711 A-law (PCMA), G.711 µ-law (PCMU), G.729.',
          'With TLS both sides use SRTP, with TCP neither does.',
        ],
      },
    ],
    useCase: null,
  },
];
