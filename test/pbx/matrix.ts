// Every combination that the targets say they can do, and those beside the square.
import { cardById } from '../../src/pbx/cards';
import { pjsipBenches } from './benches/asterisk-pjsip';
import { chanSipBenches } from './benches/asterisk-chan-sip';
import type { Bench } from './benches/bench';
import { freepbxBenches } from './benches/freepbx';
import { kamailioBenches } from './benches/kamailio';
import { mikopbxBenches } from './benches/mikopbx';
import { vicidialBenches } from './benches/vicidial';
import { combinationsOf } from './square';
import type { Combination } from './subject';

export const benches: readonly Bench[] = [
  ...pjsipBenches,
  ...chanSipBenches,
  ...freepbxBenches,
  ...vicidialBenches,
  ...mikopbxBenches,
  ...kamailioBenches,
];

/** The other challenge, and an edge that is not what it says. */
function beside(bench: Bench): Combination[] {
  const tls = { bench, transport: 'tls', auth: 'credential', useCase: 'outbound' } as const;
  const card = cardById(bench.targetId);
  if (card?.cannot('outbound', 'credential', 'tls') !== null) return [];
  return [
    { ...tls, transport: 'tcp', challenge: 407 },
    { ...tls, without: 'certificate' },
    ...(bench.targetId === 'kamailio' ? [{ ...tls, without: 'SRTP' } as const] : []),
  ];
}

export function matrix(): Combination[] {
  return benches.flatMap((bench) => [...combinationsOf(bench), ...beside(bench)]);
}
