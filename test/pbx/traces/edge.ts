// An edge that refuses as Exotel's does, each fault with its own answer, and keeps a trace of what it saw the
// way Kamailio's people do: with the sipdump module.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Transport } from '../../../src/terms/use';
import type { Program } from '../../support/processes';
import { BEHIND_EDGE, CALLED, EDGE, NAME_SERVER, PBX } from '../addresses';
import type { Box } from '../box';
import { type Call, answers, calls } from '../scenarios';
import { CALLING, DID, EXOPHONE, PASSWORD } from '../subject';

const REALM = 'pstn.exotel.com';
const USER = 'pbx_user';

/** What the edge is called for each way to be known. */
export const HOSTS = {
  credential: 'in.voip.exotel.com',
  ip: 'edge.in.exotel.com',
  /** Where the address of the PBX is not whitelisted. */
  notWhitelisted: 'edge.hyd.in.exotel.com',
  /** Takes connections and says nothing. */
  silent: 'edge.silent.in.exotel.com',
  /** Nothing answers there, as behind a firewall. */
  filtered: 'edge.mum.in.exotel.com',
} as const;

export const SIP_DOMAIN = 'exotest1.pstn.exotel.com';
const FILTERED = '198.51.100.77';
/** Calls to this number are answered, but their ACK gets lost. */
export const ACK_LOST = '+919800000077';

const ha1 = createHash('md5').update(`${USER}:${REALM}:${PASSWORD}`).digest('hex');

const modules = [
  ...['tls', 'tm', 'sl', 'rr', 'pv', 'xlog', 'textops', 'siputils', 'auth', 'maxfwd', 'sipdump'],
];

/** The module's own lines for a kamailio.cfg; `dir` as Kamailio sees it. */
export function sipdumpLines(dir: string): string[] {
  return [
    'modparam("sipdump", "enable", 1)',
    'modparam("sipdump", "wait", 1000)',
    `modparam("sipdump", "folder", "${dir}")`,
  ];
}

const edgeConfig = [
  '#!KAMAILIO',
  'debug = 1',
  'log_stderror = yes',
  'children = 1',
  'tcp_children = 1',
  'auto_aliases = no',
  'enable_tls = yes',
  `listen = tcp:${EDGE}:5070`,
  `listen = tls:${EDGE}:443`,
  `listen = udp:${EDGE}:5070`,
  `listen = udp:${BEHIND_EDGE}:5060`,
  ...modules.map((name) => `loadmodule "${name}.so"`),
  'modparam("tls", "config", "/proof/edge/tls.cfg")',
  'modparam("rr", "enable_double_rr", 1)',
  ...sipdumpLines('/proof/edge/dump'),
  '',
  'request_route {',
  '    if (!mf_process_maxfwd_header("20")) exit;',
  `    if ($Ri == "${BEHIND_EDGE}") {`,
  '        loose_route();',
  '        t_relay();',
  '        exit;',
  '    }',
  '    if ($proto == "udp") exit;',
  `    if ($rd == "${HOSTS.silent}") exit;`,
  '    if (has_totag()) {',
  `        if (is_method("ACK") && $tU == "${ACK_LOST}") exit;`,
  '        loose_route();',
  '        t_relay();',
  '        exit;',
  '    }',
  '    if (is_method("ACK")) exit;',
  '    if (is_method("OPTIONS")) route(OPTIONS);',
  '    if (!is_method("INVITE")) {',
  '        sl_send_reply("405", "Method Not Allowed");',
  '        exit;',
  '    }',
  `    if ($fd != "${SIP_DOMAIN}") route(FORBIDDEN);`,
  `    if ($rd == "${HOSTS.notWhitelisted}") {`,
  '        append_to_reply("X-Exotel-ErrorCode: 4001\\r\\n");',
  '        route(FORBIDDEN);',
  '    }',
  `    if ($rd == "${HOSTS.credential}") {`,
  '        $var(ha1) = "none";',
  `        if ($au == "${USER}") $var(ha1) = "${ha1}";`,
  `        if (!pv_www_authenticate("${REALM}", "$var(ha1)", "1")) {`,
  `            www_challenge("${REALM}", "1");`,
  '            exit;',
  '        }',
  '        consume_credentials();',
  '    }',
  `    if ($fU != "${DID}" && $fU != "${EXOPHONE}") route(FORBIDDEN);`,
  '    if (!($rU =~ "^\\+[1-9][0-9]{7,14}$")) {',
  '        sl_send_reply("484", "Address Incomplete");',
  '        exit;',
  '    }',
  `    if ($rU == "${EXOPHONE}" && !is_present_hf("X-Exotel-AccountSid")) {`,
  '        sl_send_reply("404", "Not Found");',
  '        exit;',
  '    }',
  '    if (!search_body("m=audio [0-9]+ RTP/S?AVP ([0-9]+ )*(0|8)[^0-9]")) route(NOT_ACCEPTABLE);',
  '    if ($proto == "tls" && !search_body("m=audio [0-9]+ RTP/SAVP")) route(NOT_ACCEPTABLE);',
  '    if ($proto == "tcp" && search_body("m=audio [0-9]+ RTP/SAVP")) route(NOT_ACCEPTABLE);',
  '    record_route();',
  `    $du = "sip:${CALLED}:5060";`,
  `    $fs = "udp:${BEHIND_EDGE}:5060";`,
  '    t_relay();',
  '    exit;',
  '}',
  '',
  'route[OPTIONS] {',
  '    sl_send_reply("200", "OK");',
  '    exit;',
  '}',
  '',
  'route[FORBIDDEN] {',
  '    sl_send_reply("403", "Forbidden");',
  '    exit;',
  '}',
  '',
  'route[NOT_ACCEPTABLE] {',
  '    sl_send_reply("488", "Not Acceptable Here");',
  '    exit;',
  '}',
  '',
].join('\n');

const tlsConfig = [
  '[server:default]',
  'method = TLSv1.2+',
  'verify_certificate = no',
  'require_certificate = no',
  'certificate = /proof/edge/edge.pem',
  'private_key = /proof/edge/edge.key',
  '',
].join('\n');

export class TraceEdge {
  #calls = 0;

  private constructor(private readonly box: Box) {}

  static async open(box: Box, transport: Transport): Promise<TraceEdge> {
    box.write('edge/edge.cfg', edgeConfig);
    box.write('edge/tls.cfg', tlsConfig);
    box.write('edge/dump/.here', '');
    box.write('edge/answers.xml', answers(transport));
    const dns = box.start('world', 'tools', 'dns', 'dnsmasq', [
      ...['--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--pid-file'],
      ...['--log-facility=-', '--no-resolv', '--no-hosts', '--bind-interfaces'],
      `--listen-address=${NAME_SERVER}`,
      ...[HOSTS.credential, HOSTS.ip, HOSTS.notWhitelisted, HOSTS.silent, SIP_DOMAIN].map(
        (name) => `--address=/${name}/${EDGE}`,
      ),
      `--address=/${HOSTS.filtered}/${FILTERED}`,
      `--address=/${hostname()}/${PBX}`,
    ]);
    const kamailio = box.start('world', 'tools', 'edge', 'kamailio', [
      ...['-DD', '-E', '-f', '/proof/edge/edge.cfg', '-Y', '/tmp', '-P', '/tmp/edge.pid'],
      ...['-m', '32', '-M', '4'],
    ]);
    const phone = box.start('world', 'tools', 'called', 'sipp', [
      ...['-sf', '/proof/edge/answers.xml', '-i', CALLED, '-p', '5060', '-nostdin'],
      ...['-mp', '20000'],
    ]);
    await Promise.all([
      box.listening('world', 'udp', NAME_SERVER, 53, dns, 'dns'),
      box.listening('world', 'tcp', EDGE, 5070, kamailio, 'edge'),
      box.listening('world', 'udp', CALLED, 5060, phone, 'called'),
    ]);
    return new TraceEdge(box);
  }

  /** The text of sipdump's files so far. */
  seen(): string {
    return dumped(this.box, 'edge/dump');
  }

  /** Calls the PBX from Exotel's own address; sipp keeps its messages in the file that is given back. */
  callIn(call: Pick<Call, 'to' | 'number'>): { readonly program: Program; readonly file: string } {
    this.#calls += 1;
    const name = `caller-${this.#calls}`;
    const file = `log/${name}.messages`;
    this.box.write(
      `edge/${name}.xml`,
      calls('tcp', { ...call, from: CALLING, domain: SIP_DOMAIN, trunkSid: 'trmum1f7086' }),
    );
    const program = this.box.start('world', 'tools', name, 'sipp', [
      ...['-sf', `/proof/edge/${name}.xml`, '-i', EDGE, '-p', `${6000 + this.#calls}`, '-t', 't1'],
      ...['-nostdin', '-m', '1', '-timeout', '8s', '-mp', '20100'],
      ...['-trace_msg', '-message_file', `/proof/${file}`, call.to],
    ]);
    return { program, file };
  }
}

export function dumped(box: Box, folder: string): string {
  return readdirSync(join(box.dir, folder))
    .filter((name) => name.endsWith('.data'))
    .sort()
    .map((name) => readFileSync(join(box.dir, folder, name), 'utf8'))
    .join('');
}
