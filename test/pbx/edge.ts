// The fake Exotel: an edge (Kamailio) that lets in whom Exotel would let in and writes down all it sees,
// with somebody behind it who answers calls and somebody who makes them (sipp).
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { AuthMode, Transport } from '../../src/terms/use';
import type { Program } from '../support/processes';
import { until } from '../support/wait';
import { BEHIND_EDGE, CALLED, CALLER, EDGE, NAME_SERVER, PBX, STRANGER } from './addresses';
import type { Box } from './box';
import { answers, calls, type Call } from './scenarios';
import { type Seen, readTrace, seenMark } from './trace';

export const REALM = 'pstn.exotel.com';

export interface EdgeSetup {
  readonly transport: Transport;
  readonly tcpPort: number;
  readonly tlsPort: number;
  /** What a call from the PBX has to show: a digest, its address, or both. */
  readonly auth: AuthMode;
  readonly challenge: 401 | 407;
  /** User name to password, as the account has them. */
  readonly users: ReadonlyMap<string, string>;
  /** `foreign`: signed by an authority that the PBX does not know. */
  readonly certificate: 'edge' | 'foreign';
  readonly newestTls: '1.2' | '1.3';
  /** Requests to the PBX go over the connection it made itself, as to one that nobody can call. */
  readonly reuse: boolean;
  /** The names the edge has in the DNS of the box. */
  readonly names: readonly string[];
}

/** RFC 2617's A1: the edge checks with the true password whatever the PBX's file made of it. */
function ha1(user: string, password: string): string {
  return createHash('md5').update(`${user}:${REALM}:${password}`).digest('hex');
}

function edgePort(setup: EdgeSetup): number {
  return setup.transport === 'tls' ? setup.tlsPort : setup.tcpPort;
}

/** Where a caller behind the edge is let out, so that the PBX sees the right address. */
function sockets(setup: EdgeSetup): string[] {
  const tcp = new Set([5060, setup.tcpPort]);
  const tls = new Set([5061, setup.tlsPort]);
  return [
    ...[...tcp].map((port) => `tcp:${EDGE}:${port}`),
    ...[...tls].map((port) => `tls:${EDGE}:${port}`),
    // Nothing may come here: it is open so that what comes is seen.
    ...[...tcp, ...tls].map((port) => `udp:${EDGE}:${port}`),
    `udp:${BEHIND_EDGE}:5060`,
    `tcp:${STRANGER}:5060`,
    `tls:${STRANGER}:5061`,
  ];
}

function challengeLines(setup: EdgeSetup): string[] {
  if (setup.auth === 'ip') return [];
  const [check, ask] =
    setup.challenge === 401
      ? ['pv_www_authenticate', 'www_challenge']
      : ['pv_proxy_authenticate', 'proxy_challenge'];
  return [
    '    $var(ha1) = "none";',
    '    if ($au != $null && $sht(ha1=>$au) != $null) $var(ha1) = $sht(ha1=>$au);',
    `    if (!${check}("${REALM}", "$var(ha1)", "1")) {`,
    `        ${ask}("${REALM}", "1");`,
    '        exit;',
    '    }',
    '    consume_credentials();',
  ];
}

function edgeConfig(setup: EdgeSetup): string {
  const seen = (end: string): string =>
    `xlog("L_NOTICE", "${seenMark} $proto $si $Ri $Rp $(mb{s.encode.hexa}).${end}\\n");`;
  const out =
    setup.transport === 'tls' ? `tls:${EDGE}:${setup.tlsPort}` : `tcp:${EDGE}:${setup.tcpPort}`;
  const strange = setup.transport === 'tls' ? `tls:${STRANGER}:5061` : `tcp:${STRANGER}:5060`;
  const modules = [
    'tls',
    'tm',
    'sl',
    'rr',
    'pv',
    'xlog',
    'textops',
    'siputils',
    'auth',
    'htable',
    'maxfwd',
  ];
  return [
    '#!KAMAILIO',
    'debug = 1',
    'log_stderror = yes',
    'children = 1',
    'tcp_children = 2',
    'auto_aliases = no',
    'enable_tls = yes',
    'tcp_connect_timeout = 2',
    'tcp_send_timeout = 2',
    ...sockets(setup).map((socket) => `listen = ${socket}`),
    ...modules.map((name) => `loadmodule "${name}.so"`),
    'modparam("tls", "config", "/proof/edge/tls.cfg")',
    'modparam("xlog", "buf_size", 65536)',
    'modparam("rr", "enable_double_rr", 1)',
    'modparam("tm", "fr_timer", 5000)',
    'modparam("htable", "htable", "ha1=>size=6;")',
    '',
    'event_route[htable:mod-init] {',
    ...[...setup.users].map(
      ([user, password]) => `    $sht(ha1=>${user}) = "${ha1(user, password)}";`,
    ),
    '    return;',
    '}',
    '',
    'reply_route {',
    `    ${seen('')}`,
    '}',
    '',
    'request_route {',
    `    ${seen('')}`,
    '    if (!mf_process_maxfwd_header("20")) exit;',
    `    if ($Ri == "${BEHIND_EDGE}") route(FROM_BEHIND);`,
    '    else route(FROM_OUTSIDE);',
    '}',
    '',
    '# Somebody behind the edge calls the PBX; a stranger does it from his own address.',
    'route[FROM_BEHIND] {',
    '    if (has_totag()) {',
    '        loose_route();',
    `        $fs = "${out}";`,
    '        t_relay();',
    '        exit;',
    '    }',
    '    if (is_method("ACK|CANCEL")) {',
    '        if (t_check_trans()) t_relay();',
    '        exit;',
    '    }',
    `    if ($si == "${STRANGER}") {`,
    `        $fs = "${strange}";`,
    '        # A door that stays closed is not waited for.',
    '        t_set_fr(0, 1500);',
    '    } else {',
    `        $fs = "${out}";`,
    '        record_route();',
    '    }',
    '    t_relay();',
    '    exit;',
    '}',
    '',
    'route[FROM_OUTSIDE] {',
    '    if ($proto == "udp") exit;',
    ...(setup.reuse ? ['    force_tcp_alias();'] : []),
    '    if (has_totag()) {',
    '        loose_route();',
    '        t_relay();',
    '        exit;',
    '    }',
    '    if (is_method("ACK")) exit;',
    '    if (is_method("CANCEL")) {',
    '        if (t_check_trans()) t_relay();',
    '        exit;',
    '    }',
    '    if (is_method("OPTIONS")) {',
    '        sl_send_reply("200", "OK");',
    '        exit;',
    '    }',
    '    if (!is_method("INVITE")) {',
    '        sl_send_reply("405", "Method Not Allowed");',
    '        exit;',
    '    }',
    ...(setup.auth === 'credential'
      ? []
      : [
          `    if ($si != "${PBX}") {`,
          '        sl_send_reply("403", "Forbidden");',
          '        exit;',
          '    }',
        ]),
    ...challengeLines(setup),
    '    record_route();',
    `    $du = "sip:${CALLED}:5060";`,
    `    $fs = "udp:${BEHIND_EDGE}:5060";`,
    '    t_relay();',
    '    exit;',
    '}',
    '',
  ].join('\n');
}

function tlsConfig(setup: EdgeSetup): string {
  const own = [
    `certificate = /proof/edge/${setup.certificate}.pem`,
    `private_key = /proof/edge/${setup.certificate}.key`,
  ];
  return [
    '[server:default]',
    `method = ${setup.newestTls === '1.2' ? 'TLSv1.2' : 'TLSv1.2+'}`,
    'verify_certificate = no',
    'require_certificate = no',
    ...own,
    '# The PBX has to show a certificate that Exotel can verify.',
    '[client:default]',
    'method = TLSv1.2+',
    'verify_certificate = yes',
    'require_certificate = yes',
    'ca_list = /proof/edge/ca.pem',
    ...own,
    '',
  ].join('\n');
}

export class Edge {
  private read: { readonly length: number; readonly seen: readonly Seen[] } = {
    length: 0,
    seen: [],
  };

  private constructor(
    private readonly box: Box,
    private readonly setup: EdgeSetup,
  ) {}

  /** Starts DNS, the edge and whoever answers behind it; ready for calls when it resolves. */
  static async open(box: Box, setup: EdgeSetup): Promise<Edge> {
    box.write('edge/edge.cfg', edgeConfig(setup));
    box.write('edge/tls.cfg', tlsConfig(setup));
    box.write('edge/answers.xml', answers(setup.transport));
    const dns = box.start('world', 'tools', 'dns', 'dnsmasq', [
      ...['--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--pid-file'],
      ...[
        '--log-facility=-',
        '--no-resolv',
        '--no-hosts',
        '--bind-interfaces',
        `--listen-address=${NAME_SERVER}`,
      ],
      ...setup.names.map((name) => `--address=/${name}/${EDGE}`),
      // Some programs look up the name of the computer they run on.
      `--address=/${hostname()}/${PBX}`,
    ]);
    const kamailio = box.start('world', 'tools', 'edge', 'kamailio', [
      ...['-DD', '-E', '-f', '/proof/edge/edge.cfg', '-Y', '/tmp', '-P', '/tmp/edge.pid'],
      ...['-m', '32', '-M', '4'],
    ]);
    const called = box.start('world', 'tools', 'called', 'sipp', [
      ...['-sf', '/proof/edge/answers.xml', '-i', CALLED, '-p', '5060', '-nostdin'],
    ]);
    await Promise.all([
      box.listening('world', 'udp', NAME_SERVER, 53, dns, 'dns'),
      box.listening('world', 'tcp', EDGE, edgePort(setup), kamailio, 'edge'),
      box.listening('world', 'udp', CALLED, 5060, called, 'called'),
    ]);
    return new Edge(box, setup);
  }

  /** Everything so far, in order. */
  seen(): readonly Seen[] {
    const log = this.box.log('edge');
    if (log.length !== this.read.length) this.read = { length: log.length, seen: readTrace(log) };
    return this.read.seen;
  }

  /** Calls the PBX's number as Exotel does, and hangs up when it is answered. */
  callIn(call: Call): Program {
    return this.call('caller', CALLER, call);
  }

  /** Calls the PBX's number as somebody else. */
  strangeCall(call: Call): Program {
    return this.call('stranger', STRANGER, call);
  }

  private call(name: string, address: string, call: Call): Program {
    this.box.write(`edge/${name}.xml`, calls(this.setup.transport, call));
    return this.box.start('world', 'tools', name, 'sipp', [
      ...['-sf', `/proof/edge/${name}.xml`, '-i', address, '-p', '5060', '-nostdin', '-m', '1'],
      ...['-timeout', '10s', `${BEHIND_EDGE}:5060`],
    ]);
  }
}

/** Waits until `probe` finds what it looks for; undefined when it does not in time. */
export async function within<T>(
  milliseconds: number,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T | undefined> {
  try {
    return await until('it', async () => probe(), milliseconds);
  } catch {
    return undefined;
  }
}
