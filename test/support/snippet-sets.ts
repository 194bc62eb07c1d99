// What snippets there are: one set per text format among the targets, each snippet a file of a target with
// the options named here.
import type { ConnectionOptions } from '../../src/pbx/options';

export interface SnippetSource {
  readonly prefix: string;
  readonly title: string;
  readonly description: string;
  readonly target: string;
  /** One of the files the target writes for the options. */
  readonly file: string;
  /** Over: outbound, credential, TLS, one address of Exotel. */
  readonly options: Partial<ConnectionOptions>;
}

export interface SnippetSet {
  /** In snippets/. */
  readonly file: string;
  readonly languages: readonly string[];
  /** Names of files it is offered in; undefined: all of the languages. */
  readonly include?: readonly string[];
  readonly snippets: readonly SnippetSource[];
}

export const snippetSets: readonly SnippetSet[] = [
  {
    file: 'asterisk.json',
    languages: ['ini', 'properties', 'plaintext'],
    include: ['*.conf', '*.conf.*', '*.inc', 'Untitled-*'],
    snippets: [
      {
        prefix: 'exotel-pjsip',
        title: 'Exotel: PJSIP trunk, outbound, TLS',
        description:
          'pjsip.conf: calls out through an Exotel SIP trunk with a credential, over TLS and SRTP',
        target: 'asterisk-pjsip',
        file: 'pjsip.conf',
        options: {},
      },
      {
        prefix: 'exotel-pjsip-tcp',
        title: 'Exotel: PJSIP trunk, outbound, TCP',
        description:
          'pjsip.conf: calls out through an Exotel SIP trunk with a credential, over TCP',
        target: 'asterisk-pjsip',
        file: 'pjsip.conf',
        options: { transport: 'tcp' },
      },
      {
        prefix: 'exotel-pjsip-ip',
        title: 'Exotel: PJSIP trunk, outbound, whitelisted IP',
        description:
          'pjsip.conf: calls out through an Exotel SIP trunk that knows the PBX by its IP, over TLS and SRTP',
        target: 'asterisk-pjsip',
        file: 'pjsip.conf',
        options: { auth: 'ip' },
      },
      {
        prefix: 'exotel-pjsip-inbound',
        title: 'Exotel: PJSIP trunk, inbound',
        description: 'pjsip.conf: calls in from Exotel, from its addresses only',
        target: 'asterisk-pjsip',
        file: 'pjsip.conf',
        options: { useCase: 'inbound' },
      },
      {
        prefix: 'exotel-pjsip-both',
        title: 'Exotel: PJSIP trunk, outbound and inbound',
        description: "pjsip.conf: calls out with a credential and calls in from Exotel's addresses",
        target: 'asterisk-pjsip',
        file: 'pjsip.conf',
        options: { useCase: 'both' },
      },
      {
        prefix: 'exotel-pjsip-streamkit',
        title: 'Exotel: PJSIP trunk, StreamKit',
        description: 'pjsip.conf: calls to a voice bot through StreamKit',
        target: 'asterisk-pjsip',
        file: 'pjsip.conf',
        options: { useCase: 'streamkit' },
      },
      {
        prefix: 'exotel-extensions',
        title: 'Exotel: dialplan, outbound',
        description: 'extensions.conf: dial E.164 through the Exotel trunk',
        target: 'asterisk-pjsip',
        file: 'extensions.conf',
        options: {},
      },
      {
        prefix: 'exotel-extensions-inbound',
        title: 'Exotel: dialplan, inbound',
        description: 'extensions.conf: what rings when Exotel calls in',
        target: 'asterisk-pjsip',
        file: 'extensions.conf',
        options: { useCase: 'inbound' },
      },
      {
        prefix: 'exotel-extensions-streamkit',
        title: 'Exotel: dialplan, StreamKit',
        description: 'extensions.conf: send a call to a voice bot, with the header StreamKit needs',
        target: 'asterisk-pjsip',
        file: 'extensions.conf',
        options: { useCase: 'streamkit' },
      },
      {
        prefix: 'exotel-sip',
        title: 'Exotel: chan_sip trunk, outbound, TLS',
        description:
          'sip.conf (Asterisk 20 and older): calls out through an Exotel SIP trunk with a credential, over TLS and SRTP',
        target: 'asterisk-chan-sip',
        file: 'sip.conf',
        options: {},
      },
      {
        prefix: 'exotel-sip-inbound',
        title: 'Exotel: chan_sip trunk, inbound',
        description:
          'sip.conf (Asterisk 20 and older): calls in from Exotel, from its addresses only',
        target: 'asterisk-chan-sip',
        file: 'sip.conf',
        options: { useCase: 'inbound' },
      },
      {
        prefix: 'exotel-sip-streamkit',
        title: 'Exotel: chan_sip trunk, StreamKit',
        description: 'sip.conf (Asterisk 20 and older): calls to a voice bot through StreamKit',
        target: 'asterisk-chan-sip',
        file: 'sip.conf',
        options: { useCase: 'streamkit' },
      },
      {
        prefix: 'exotel-pjsip-older',
        title: 'Exotel: PJSIP trunk, outbound, older Asterisk',
        description:
          'pjsip.conf for Asterisk before 20.12, 21.7 and 22.2: calls out with a credential, over TLS and SRTP',
        target: 'asterisk-pjsip',
        file: 'pjsip.conf',
        options: { variant: 'older' },
      },
      {
        prefix: 'exotel-freepbx-streamkit',
        title: 'Exotel: FreePBX dialplan, StreamKit',
        description:
          'extensions_custom.conf: send a call to a voice bot, with the header StreamKit needs',
        target: 'freepbx',
        file: 'extensions_custom.conf',
        options: { useCase: 'streamkit' },
      },
    ],
  },
  {
    file: 'freeswitch.json',
    languages: ['xml'],
    include: ['*.xml', '*.xml.*', 'Untitled-*'],
    snippets: [
      {
        prefix: 'exotel-freeswitch-gateway',
        title: 'Exotel: profile and gateway, outbound, TLS',
        description:
          'sip_profiles/exotel.xml: calls out through an Exotel SIP trunk with a credential, over TLS and SRTP',
        target: 'freeswitch',
        file: 'exotel.xml',
        options: {},
      },
      {
        prefix: 'exotel-freeswitch-gateway-tcp',
        title: 'Exotel: profile and gateway, outbound, TCP',
        description:
          'sip_profiles/exotel.xml: calls out through an Exotel SIP trunk with a credential, over TCP',
        target: 'freeswitch',
        file: 'exotel.xml',
        options: { transport: 'tcp' },
      },
      {
        prefix: 'exotel-freeswitch-gateway-ip',
        title: 'Exotel: profile and gateway, outbound, whitelisted IP',
        description:
          'sip_profiles/exotel.xml: calls out through an Exotel SIP trunk that knows the PBX by its IP',
        target: 'freeswitch',
        file: 'exotel.xml',
        options: { auth: 'ip' },
      },
      {
        prefix: 'exotel-freeswitch-both',
        title: 'Exotel: profile and gateway, outbound and inbound',
        description:
          "sip_profiles/exotel.xml: calls out with a credential and calls in from Exotel's addresses",
        target: 'freeswitch',
        file: 'exotel.xml',
        options: { useCase: 'both' },
      },
      {
        prefix: 'exotel-freeswitch-inbound',
        title: 'Exotel: profile, inbound',
        description: 'sip_profiles/exotel.xml: calls in from Exotel, from its addresses only',
        target: 'freeswitch',
        file: 'exotel.xml',
        options: { useCase: 'inbound' },
      },
      {
        prefix: 'exotel-freeswitch-acl',
        title: 'Exotel: list of who may call in',
        description: 'acl.conf.xml, inside network-lists: the addresses Exotel calls from',
        target: 'freeswitch',
        file: 'exotel-acl.xml',
        options: { useCase: 'inbound' },
      },
      {
        prefix: 'exotel-freeswitch-dialplan',
        title: 'Exotel: dialplan, outbound',
        description: 'dialplan/default: dial E.164 through the Exotel gateway',
        target: 'freeswitch',
        file: 'exotel-dialplan-out.xml',
        options: {},
      },
      {
        prefix: 'exotel-freeswitch-dialplan-inbound',
        title: 'Exotel: dialplan, inbound',
        description: 'dialplan: what rings when Exotel calls in',
        target: 'freeswitch',
        file: 'exotel-dialplan-in.xml',
        options: { useCase: 'inbound' },
      },
      {
        prefix: 'exotel-freeswitch-dialplan-streamkit',
        title: 'Exotel: dialplan, StreamKit',
        description:
          'dialplan/default: send a call to a voice bot, with the header StreamKit needs',
        target: 'freeswitch',
        file: 'exotel-dialplan-out.xml',
        options: { useCase: 'streamkit' },
      },
    ],
  },
  {
    file: 'kamailio.json',
    languages: ['properties', 'plaintext', 'c'],
    include: ['*.cfg', '*.cfg.*', '*.conf', 'Untitled-*'],
    snippets: [
      {
        prefix: 'exotel-kamailio',
        title: 'Exotel: Kamailio, outbound, TLS',
        description: 'kamailio.cfg: calls of one PBX to Exotel with a credential, over TLS',
        target: 'kamailio',
        file: 'kamailio.cfg',
        options: {},
      },
      {
        prefix: 'exotel-kamailio-both',
        title: 'Exotel: Kamailio, outbound and inbound',
        description: 'kamailio.cfg: calls of one PBX to Exotel and back',
        target: 'kamailio',
        file: 'kamailio.cfg',
        options: { useCase: 'both' },
      },
      {
        prefix: 'exotel-kamailio-streamkit',
        title: 'Exotel: Kamailio, StreamKit',
        description:
          'kamailio.cfg: calls of one PBX to a voice bot, with the header StreamKit needs',
        target: 'kamailio',
        file: 'kamailio.cfg',
        options: { useCase: 'streamkit' },
      },
      {
        prefix: 'exotel-kamailio-tls',
        title: 'Exotel: Kamailio, TLS profiles',
        description: 'tls.cfg: check the certificate of the edge',
        target: 'kamailio',
        file: 'tls.cfg',
        options: {},
      },
      {
        prefix: 'exotel-opensips',
        title: 'Exotel: OpenSIPS, outbound, TLS',
        description: 'opensips.cfg: calls of one PBX to Exotel with a credential, over TLS',
        target: 'opensips',
        file: 'opensips.cfg',
        options: {},
      },
      {
        prefix: 'exotel-opensips-both',
        title: 'Exotel: OpenSIPS, outbound and inbound',
        description: 'opensips.cfg: calls of one PBX to Exotel and back',
        target: 'opensips',
        file: 'opensips.cfg',
        options: { useCase: 'both' },
      },
      {
        prefix: 'exotel-opensips-streamkit',
        title: 'Exotel: OpenSIPS, StreamKit',
        description:
          'opensips.cfg: calls of one PBX to a voice bot, with the header StreamKit needs',
        target: 'opensips',
        file: 'opensips.cfg',
        options: { useCase: 'streamkit' },
      },
    ],
  },
  {
    file: 'markdown.json',
    languages: ['markdown'],
    snippets: [
      {
        prefix: 'exotel-table',
        title: 'Exotel: table of settings, outbound',
        description: 'Settings of an Exotel SIP trunk for calls out, for any PBX',
        target: 'settings-table',
        file: 'exotel-sip-trunk.md',
        options: {},
      },
      {
        prefix: 'exotel-table-inbound',
        title: 'Exotel: table of settings, inbound',
        description: 'Settings of an Exotel SIP trunk for calls in, for any PBX',
        target: 'settings-table',
        file: 'exotel-sip-trunk.md',
        options: { useCase: 'inbound' },
      },
      {
        prefix: 'exotel-table-streamkit',
        title: 'Exotel: table of settings, StreamKit',
        description: 'Settings of an Exotel SIP trunk for calls to a voice bot, for any PBX',
        target: 'settings-table',
        file: 'exotel-sip-trunk.md',
        options: { useCase: 'streamkit' },
      },
    ],
  },
  {
    file: 'json.json',
    languages: ['json', 'jsonc'],
    snippets: [
      {
        prefix: 'exotel-livekit',
        title: 'Exotel: LiveKit outbound trunk',
        description:
          'LiveKit outbound trunk: calls out through an Exotel SIP trunk with a credential, over TLS',
        target: 'livekit',
        file: 'livekit-outbound-trunk.json',
        options: {},
      },
      {
        prefix: 'exotel-elevenlabs',
        title: 'Exotel: ElevenLabs phone number',
        description:
          'ElevenLabs phone number: calls out through an Exotel SIP trunk with a credential, over TLS',
        target: 'elevenlabs',
        file: 'elevenlabs-phone-number.json',
        options: {},
      },
      {
        prefix: 'exotel-vapi',
        title: 'Exotel: Vapi credential',
        description:
          'Vapi credential: calls out through an Exotel SIP trunk with a credential, over TLS',
        target: 'vapi',
        file: 'vapi-credential.json',
        options: {},
      },
      {
        prefix: 'exotel-retell',
        title: 'Exotel: Retell phone number',
        description:
          'Retell phone number: calls out through an Exotel SIP trunk with a credential, over TLS',
        target: 'retell',
        file: 'retell-phone-number.json',
        options: {},
      },
      {
        prefix: 'exotel-livekit-inbound',
        title: 'Exotel: LiveKit inbound trunk',
        description: 'LiveKit inbound trunk: calls in from Exotel, from its addresses only',
        target: 'livekit',
        file: 'livekit-inbound-trunk.json',
        options: { useCase: 'inbound' },
      },
      {
        prefix: 'exotel-livekit-dispatch',
        title: 'Exotel: LiveKit dispatch rule',
        description: 'LiveKit dispatch rule: where a call from Exotel goes',
        target: 'livekit',
        file: 'livekit-dispatch-rule.json',
        options: { useCase: 'inbound' },
      },
      {
        prefix: 'exotel-livekit-streamkit',
        title: 'Exotel: LiveKit outbound trunk, StreamKit',
        description:
          'LiveKit outbound trunk: calls to a voice bot, with the header StreamKit needs',
        target: 'livekit',
        file: 'livekit-outbound-trunk.json',
        options: { useCase: 'streamkit' },
      },
      {
        prefix: 'exotel-vapi-number',
        title: 'Exotel: Vapi phone number',
        description: 'Vapi phone number on an Exotel SIP trunk',
        target: 'vapi',
        file: 'vapi-phone-number.json',
        options: {},
      },
      {
        prefix: 'exotel-bolna',
        title: 'Exotel: Bolna trunk',
        description:
          'Bolna trunk: calls out through an Exotel SIP trunk with a credential, over TCP',
        target: 'bolna',
        file: 'bolna-trunk.json',
        options: { transport: 'tcp' },
      },
      {
        prefix: 'exotel-bolna-gateway',
        title: 'Exotel: Bolna gateway',
        description: 'Bolna gateway: the edge of Exotel',
        target: 'bolna',
        file: 'bolna-gateway.json',
        options: { transport: 'tcp' },
      },
      {
        prefix: 'exotel-ultravox',
        title: 'Exotel: Ultravox call',
        description: 'Ultravox call: out through an Exotel SIP trunk with a credential, over TCP',
        target: 'ultravox',
        file: 'ultravox-call.json',
        options: { transport: 'tcp' },
      },
      {
        prefix: 'exotel-jambonz',
        title: 'Exotel: jambonz carrier',
        description: 'jambonz carrier: an Exotel SIP trunk with a credential',
        target: 'jambonz',
        file: 'jambonz-carrier.json',
        options: {},
      },
      {
        prefix: 'exotel-jambonz-gateway',
        title: 'Exotel: jambonz outbound gateway',
        description: 'jambonz gateway: the edge of Exotel, over TLS and SRTP',
        target: 'jambonz',
        file: 'jambonz-outbound-gateway.json',
        options: {},
      },
      {
        prefix: 'exotel-jambonz-gateway-inbound',
        title: 'Exotel: jambonz inbound gateway',
        description: 'jambonz gateway: an address Exotel calls from',
        target: 'jambonz',
        file: 'jambonz-inbound-gateway.json',
        options: { useCase: 'inbound' },
      },
    ],
  },
  {
    file: 'javascript.json',
    languages: ['javascript'],
    snippets: [
      {
        prefix: 'exotel-drachtio',
        title: 'Exotel: drachtio, outbound',
        description: 'drachtio: calls out through an Exotel SIP trunk with a credential, over TLS',
        target: 'drachtio',
        file: 'drachtio-exotel.js',
        options: {},
      },
      {
        prefix: 'exotel-drachtio-both',
        title: 'Exotel: drachtio, outbound and inbound',
        description:
          'drachtio: calls out with a credential and calls in from the addresses of Exotel',
        target: 'drachtio',
        file: 'drachtio-exotel.js',
        options: { useCase: 'both' },
      },
    ],
  },
  {
    file: 'powershell.json',
    languages: ['powershell'],
    snippets: [
      {
        prefix: 'exotel-teams',
        title: 'Exotel: Teams Direct Routing',
        description:
          'PowerShell: the Teams side of an Exotel SIP trunk behind a session border controller',
        target: 'teams',
        file: 'exotel-teams.ps1',
        options: {},
      },
    ],
  },
  {
    file: 'cisco.json',
    languages: ['cisco', 'plaintext'],
    include: ['*.cfg', '*.ios', '*.txt', 'Untitled-*'],
    snippets: [
      {
        prefix: 'exotel-cube',
        title: 'Exotel: CUBE, outbound, TLS',
        description:
          'Cisco CUBE: calls out through an Exotel SIP trunk with a credential, over TLS and SRTP',
        target: 'cisco-cube',
        file: 'exotel-cube.cfg',
        options: {},
      },
      {
        prefix: 'exotel-cube-both',
        title: 'Exotel: CUBE, outbound and inbound',
        description:
          'Cisco CUBE: calls out with a credential and calls in from the addresses of Exotel',
        target: 'cisco-cube',
        file: 'exotel-cube.cfg',
        options: { useCase: 'both' },
      },
    ],
  },
  {
    file: 'audiocodes.json',
    languages: ['ini'],
    include: ['*.ini', 'Untitled-*'],
    snippets: [
      {
        prefix: 'exotel-audiocodes',
        title: 'Exotel: AudioCodes, outbound, TLS',
        description:
          'AudioCodes incremental ini: calls out through an Exotel SIP trunk with a credential, over TLS and SRTP',
        target: 'audiocodes',
        file: 'exotel_audiocodes.ini',
        options: {},
      },
      {
        prefix: 'exotel-audiocodes-both',
        title: 'Exotel: AudioCodes, outbound and inbound',
        description:
          'AudioCodes incremental ini: calls out with a credential and calls in from the addresses of Exotel',
        target: 'audiocodes',
        file: 'exotel_audiocodes.ini',
        options: { useCase: 'both' },
      },
    ],
  },
];
