/**
 * sandbox/: an Exotel trunk API on this computer; it shares no code with the client.
 *
 * What an account that is not empty starts with. One trunk for each use case Exotel
 * documents: outbound (termination), inbound (origination) and StreamKit.
 *
 * The addresses are those of Exotel's own samples; nothing ever contacts them. Passwords are not
 * here: the store makes new ones at every start.
 */
import type { TrunkState } from './model';

const dated = (at: string) => ({ dateCreated: at, dateUpdated: at });

/** @param accountSid goes into each trunk's `domain_name`. */
export function threeTrunks(accountSid: string): readonly TrunkState[] {
  const common = {
    nsoCode: 'ANY-ANY',
    domainName: `${accountSid}.pstn.exotel.com`,
    authType: 'IP-WHITELIST',
  };
  return [
    {
      ...common,
      ...dated('2026-01-23T09:24:59Z'),
      trunkSid: 'trmum1f708622631150902801a1n',
      trunkName: 'outbound_trunk',
      phoneNumbers: [
        {
          ...dated('2026-01-23T09:26:11Z'),
          id: '41512',
          phoneNumber: '+918040123456',
          mode: 'pstn',
        },
        {
          ...dated('2026-01-23T09:26:40Z'),
          id: '41513',
          phoneNumber: '+919876543210',
          mode: 'pstn',
        },
      ],
      whitelistedIps: [
        {
          ...dated('2026-01-23T09:28:03Z'),
          id: '1153',
          ip: '44.248.146.11',
          mask: 32,
          friendlyName: null,
        },
        {
          ...dated('2026-01-23T09:28:21Z'),
          id: '1154',
          ip: '44.238.177.138',
          mask: 32,
          friendlyName: null,
        },
      ],
      destinations: [],
      credentials: [
        {
          ...dated('2026-01-23T09:30:45Z'),
          id: '1234',
          userName: 'outbound_pbx',
          friendlyName: 'Head_office_PBX',
        },
      ],
      settings: [
        {
          ...dated('2026-01-23T09:31:30Z'),
          name: 'trunk_external_alias',
          value: '+918040123456',
        },
      ],
    },
    {
      ...common,
      ...dated('2026-02-11T06:02:14Z'),
      trunkSid: 'trmum15c19d0b84e7a326f911a2b',
      trunkName: 'inbound_trunk',
      phoneNumbers: [
        { ...dated('2026-02-11T06:03:37Z'), id: '41523', phoneNumber: '+911800123456', mode: null },
      ],
      whitelistedIps: [
        {
          ...dated('2026-02-11T06:05:02Z'),
          id: '1161',
          ip: '13.200.45.61',
          mask: 32,
          friendlyName: null,
        },
      ],
      destinations: [
        {
          ...dated('2026-02-11T06:06:19Z'),
          id: '2543',
          destination: 'pbx.example.com:5061;transport=tls',
          priority: 0,
          weight: 1,
        },
        {
          ...dated('2026-02-11T06:06:19Z'),
          id: '2544',
          destination: '13.200.45.61:5060;transport=tcp',
          priority: 1,
          weight: 1,
        },
      ],
      credentials: [],
      settings: [],
    },
    {
      ...common,
      ...dated('2026-03-30T11:47:52Z'),
      trunkSid: 'trmum1a04be61f7d2c8593e01a3u',
      trunkName: 'streamkit_trunk',
      phoneNumbers: [
        {
          ...dated('2026-03-30T11:48:30Z'),
          id: '41530',
          phoneNumber: '+914440123456',
          mode: 'flow',
        },
      ],
      whitelistedIps: [
        {
          ...dated('2026-03-30T11:49:05Z'),
          id: '1170',
          ip: '44.229.228.186',
          mask: 32,
          friendlyName: null,
        },
      ],
      destinations: [],
      credentials: [],
      settings: [],
    },
  ];
}
