// Bolna: trunk, gateway, addresses that may call in, numbers.
import assert from 'node:assert/strict';
import { MADE, combinations, guideFor, keepsTheRules, refuses, requests } from './json-rules';
import { loadWriters } from '../fixtures';

before(loadWriters);

describe('Bolna', () => {
  keepsTheRules('bolna', { listsSenders: true });

  it('speaks TCP without SRTP, and finds no flow', () => {
    for (const useCase of ['outbound', 'inbound', 'both'] as const) {
      refuses('bolna', { useCase, auth: 'credential', transport: 'tls' }, /choose TCP\.$/);
    }
    refuses(
      'bolna',
      { useCase: 'streamkit', auth: 'credential', transport: 'tcp' },
      /X-Exotel-AccountSid/,
    );
    assert.equal(combinations('bolna').length, 9);
  });

  it('calls out over TCP with the plus, A-law first', () => {
    const options = { useCase: 'outbound', auth: 'credential', transport: 'tcp' } as const;
    assert.deepEqual(requests('bolna', options), {
      'bolna-trunk.json': {
        name: 'exotel',
        description: MADE,
        preset: 'exotel',
        inbound_enabled: false,
        outbound_enabled: true,
        transport: 'tcp',
        codecs: 'PCMA,PCMU',
        outbound_leading_plus_enabled: true,
        auth_username: 'pbx_user',
        auth_password: 'Correct0Horse',
      },
      'bolna-gateway.json': { host: 'in.voip.exotel.com', port: 5070, priority: 1 },
      'bolna-number.json': { e164: '+918040001234', destination_key: '918040001234' },
    });
  });

  it('lets in each network of Exotel, and has an agent on each number', () => {
    const files = requests('bolna', { useCase: 'inbound', transport: 'tcp' });
    assert.deepEqual(files['bolna-carrier-ip-1.json'], { cidr: '35.154.174.161/32' });
    assert.deepEqual(files['bolna-carrier-ip-2.json'], { cidr: '98.130.67.0/24' });
    assert.deepEqual(files['bolna-number-918040005678.json'], {
      e164: '+918040005678',
      destination_key: '918040005678',
      agent_id: 'REPLACE_WITH_AGENT_ID',
    });
    assert.deepEqual(
      Object.keys(files).filter((name) => name.startsWith('bolna-gateway')),
      [],
    );
    assert.match(JSON.stringify(files['bolna-trunk.json']), /"outbound_enabled":false/);
    assert.match(JSON.stringify(files['bolna-trunk.json']), /"inbound_enabled":true/);
  });

  it('is called at its newer address and known by its two', () => {
    const { where, load } = guideFor('bolna', { useCase: 'both', auth: 'ip', transport: 'tcp' });
    assert.match(where, /trunk\.bolna\.ai:5060;transport=tcp/);
    assert.match(where, /15\.252\.21\.46 and 13\.206\.230\.198, each as \/32/);
    assert.match(load, /curl -X POST "https:\/\/api\.bolna\.ai\/trunk\/trunks" /);
    assert.match(load, /for f in bolna-carrier-ip-\*\.json; do curl .*\/ip-acls"/);
    assert.match(load, /\$TRUNK_ID\/gateways".*@bolna-gateway\.json/);
  });
});
