// What snippets there are: one set per text format among the targets, each snippet a file of a target with
// the options named here.
import type { ConnectionOptions } from '../../src/pbx';

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
];
