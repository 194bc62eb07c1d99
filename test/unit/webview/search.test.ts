// Searching the list of PBXs by what people type.
import assert from 'node:assert/strict';
import { search } from '../../../src/webview/search';

const option = (value: string, label: string, group: string, keywords = '', detail = '') => ({
  value,
  label,
  group,
  keywords,
  detail,
  badge: 'from documents',
});

const ALL = [
  option('asterisk-pjsip', 'Asterisk (PJSIP)', 'PBX', 'Issabel Elastix', 'Asterisk 20, 22'),
  option('freepbx', 'FreePBX', 'PBX', 'Sangoma PBXact'),
  option('3cx', '3CX', 'PBX', 'Phone System'),
  option('teams', 'Teams Direct Routing', 'SBC', 'Microsoft Phone'),
  option('vapi', 'Vapi', 'Voice AI'),
];

const found = (query: string) => search(ALL, query).options.map(({ value }) => value);
const likely = (query: string) => {
  const { options, likely: index } = search(ALL, query);
  return options[index]?.value;
};

describe('Searching among the PBXs', () => {
  it('shows all of them before anything is typed', () => {
    assert.deepEqual(
      found(''),
      ALL.map(({ value }) => value),
    );
    assert.equal(found('   ').length, ALL.length);
  });

  it('finds by name, other words, group and version, in any case and order', () => {
    assert.deepEqual(found('3cx'), ['3cx']);
    assert.deepEqual(found('3 CX'), ['3cx']);
    assert.deepEqual(found('issabel'), ['asterisk-pjsip']);
    assert.deepEqual(found('voice ai'), ['vapi']);
    assert.deepEqual(found('22 asterisk'), ['asterisk-pjsip']);
    assert.deepEqual(found('free-pbx'), ['freepbx']);
  });

  it('takes with Enter what is named so, before what is only found by another word', () => {
    assert.equal(likely('free'), 'freepbx');
    assert.equal(likely('routing'), 'teams');
    assert.equal(likely('microsoft'), 'teams');
  });

  it('finds nothing where there is nothing', () => {
    assert.deepEqual(search(ALL, 'zzz'), { options: [], likely: -1 });
  });
});
