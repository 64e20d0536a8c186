import { bytesOf, joined, latin, wide } from "./bytes.ts";
import { pngOf } from "./pictures.ts";
import type { Sample } from "./sample.ts";

const page = `<!doctype html><html><head><title>T</title><style>.x{color:red}</style></head><body><h1>The <b>voyage</b></h1>
<p>Käthe sailed\n at noon.</p><ul><li>rope<li>tar</ul><script>alert("one")</script><div hidden>secretly</div><div style="display: none">invisibly<p>deeper</p></div>
<!-- remark --><h2>Ports</h2><table><tr><td><p>Kiel</p></td><td>7</td></tr></table><pre>a\n  b</pre><img src="javascript:alert(2)" onerror="alert(3)"><template>stamped</template>
<svg><script>alert(4)</script><text>drawn</text></svg><iframe srcdoc="<p>framed</p>"></iframe><noscript>plainly</noscript>the end</body></html>`;
const moonlight = { contains: ["moonlight"] };
const isNoText = { failed: /its bytes are no text/ };

const htmlSamples: readonly Sample[] = [
  {
    name: "an ordinary page, and what nobody sees of it",
    format: "html",
    bytes: () => bytesOf(page),
    comes: {
      contains: ["Käthe sailed at noon.\n\nrope\ntar", "Kiel\t7", "a\n  b", "plainly", "the end"],
      lacks: ["alert", "secretly", "invisibly", "deeper", "remark", "stamped", "drawn", "framed", "color"],
      headings: ["The voyage", "Ports"],
    },
  },
  {
    name: "windows-1252",
    format: "html",
    bytes: () =>
      latin("<p>Käthe sailed to Malmö, which she adored – no, the \x93caf\xe9\x94 in Århus</p>".replace("–", "\x96")),
    comes: { contains: ["Käthe sailed to Malmö", "“café” in Århus"] },
  },
  {
    name: "UTF-16",
    format: "html",
    bytes: () => joined(Uint8Array.of(0xff, 0xfe), wide("<p>moonlight ☾</p>", true)),
    comes: { contains: ["moonlight ☾"] },
  },
  {
    name: "elements a million deep",
    format: "html",
    bytes: () => bytesOf("<div>".repeat(1_000_000)),
    comes: { failed: /too deep/ },
  },
  {
    name: "a tag that never ends",
    format: "html",
    bytes: () => bytesOf(`<p>moonlight</p><a href="${"x".repeat(5_000_000)}`),
    comes: moonlight,
  },
  {
    name: "a million attributes",
    format: "html",
    bytes: () => bytesOf(`<p ${Array.from({ length: 300_000 }, (_, at) => `a${at}=1`).join(" ")}>moonlight</p>`),
    comes: moonlight,
  },
  {
    name: "nothing but angles",
    format: "html",
    bytes: () => bytesOf("<".repeat(2_000_000)),
    comes: { contains: ["<<<"] },
  },
  {
    name: "a comment that never ends",
    format: "html",
    bytes: () => bytesOf(`<p>moonlight</p><!--${"-".repeat(3_000_000)}`),
    comes: moonlight,
  },
  {
    name: "closing tags alone",
    format: "html",
    bytes: () => bytesOf(`${"</p></div>".repeat(200_000)}moonlight`),
    comes: moonlight,
  },
  {
    name: "characters by numbers that are none",
    format: "html",
    bytes: () => bytesOf("<p>moonlight &#x110000; &#xD800; &#0; &#99999999999;</p>"),
    comes: moonlight,
  },
  {
    name: "paragraphs that follow without end",
    format: "html",
    bytes: () => bytesOf("<p>".repeat(500_000)),
    comes: { contains: [] },
  },
  {
    name: "a drawing with a script",
    format: "html",
    bytes: () => bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>moonlight'),
    comes: { contains: ["moonlight"], lacks: ["alert"] },
  },
  { name: "a PNG", format: "html", bytes: () => pngOf(32, 32), comes: { failed: /no HTML page, but a PNG image/ } },
];

const markdownSamples: readonly Sample[] = [
  {
    name: "an ordinary one",
    format: "markdown",
    bytes: () => bytesOf("# Voyage\n\nAt noon.\n\n## Ports ##\n```sh\n# no heading\n```\nLast words\n===\nend\n"),
    comes: {
      contains: ["# Voyage\n\nAt noon.", "# no heading", "end"],
      lacks: [],
      headings: ["Voyage", "Ports", "Last words"],
    },
  },
  {
    name: "a million brackets",
    format: "markdown",
    bytes: () => bytesOf(`moonlight\n${"[".repeat(1_000_000)}`),
    comes: moonlight,
  },
  {
    name: "a quotation a million deep",
    format: "markdown",
    bytes: () => bytesOf(`${">".repeat(1_000_000)} moonlight`),
    comes: moonlight,
  },
  {
    name: "a million stars and signs",
    format: "markdown",
    bytes: () => bytesOf(`${"*a_ ".repeat(500_000)}\n${"#".repeat(1_000_000)}\nmoonlight`),
    comes: moonlight,
  },
  {
    name: "a line of a million spaces beneath a line",
    format: "markdown",
    bytes: () => bytesOf(`moonlight\n${"-".repeat(500_000)}${" ".repeat(500_000)}x`),
    comes: moonlight,
  },
  {
    name: "200,000 headings",
    format: "markdown",
    bytes: () => bytesOf(Array.from({ length: 200_000 }, (_, at) => `${"#".repeat((at % 6) + 1)} H${at}`).join("\n")),
    comes: { contains: ["# H0", "# H199998"], headings: ["H0", "H199999"] },
  },
  {
    name: "a fence that never ends",
    format: "markdown",
    bytes: () => bytesOf(`# Real\n\`\`\`\n${"# unreal\n".repeat(50_000)}`),
    comes: { contains: ["# unreal"], headings: ["Real"] },
  },
];

const csvSamples: readonly Sample[] = [
  {
    name: "an ordinary one",
    format: "csv",
    bytes: () => bytesOf('name;age\r\n"Ann; ""A"" Ng";5\r\n\r\nBob;"6\r\n7"\r\n'),
    comes: { contains: ['name\tage\nAnn; "A" Ng\t5\nBob\t6 7'], headings: ["name\tage"] },
  },
  {
    name: "a quotation mark that stays open to the end",
    format: "csv",
    bytes: () => bytesOf(`name,age\n"moonlight,5\n${"x,1\n".repeat(1_000_000)}`),
    comes: moonlight,
  },
  {
    name: "100,000 columns",
    format: "csv",
    bytes: () => bytesOf(`${Array.from({ length: 100_000 }, (_, at) => `c${at}`).join(",")}\n1,2`),
    comes: { contains: ["c0\tc1", "c99999"] },
  },
  {
    name: "nothing but delimiters",
    format: "csv",
    bytes: () => bytesOf(`moonlight${",".repeat(5_000_000)}`),
    comes: moonlight,
  },
  {
    name: "500,000 rows",
    format: "csv",
    bytes: () => bytesOf(`name,age\n${"Ann,5\n".repeat(500_000)}moonlight,6`),
    comes: moonlight,
  },
  { name: "NUL bytes", format: "csv", bytes: () => latin(`a,b\n${"\0\x01\x02,".repeat(1000)}`), comes: isNoText },
];

const plainSamples: readonly Sample[] = [
  {
    name: "UTF-8 with a mark",
    format: "text",
    bytes: () => bytesOf("\ufeffmoonlight ☾"),
    comes: { contains: ["moonlight ☾"], lacks: ["\ufeff"] },
  },
  {
    name: "UTF-16, the large end first",
    format: "text",
    bytes: () => joined(Uint8Array.of(0xfe, 0xff), wide("moonlight ☾", false)),
    comes: { contains: ["moonlight ☾"] },
  },
  {
    name: "windows-1251",
    format: "text",
    bytes: () => latin("\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0 \xea\xe0\xea \xe4\xe5\xeb\xe0, \xcc\xee\xf1\xea\xe2\xe0"),
    comes: { contains: ["Привет мир как дела, Москва"] },
  },
  {
    name: "UTF-8 with two broken bytes",
    format: "text",
    bytes: () => joined(bytesOf("moonlight ☾ ".repeat(50)), Uint8Array.of(0xff, 0xc3), bytesOf(" the end ☾")),
    comes: { contains: ["moonlight ☾", "the end ☾"] },
  },
  {
    name: "half characters of UTF-16",
    format: "text",
    bytes: () => joined(Uint8Array.of(0xff, 0xfe), wide(`moonlight ${"long ".repeat(100)}\ud800 x \udc00`, true)),
    comes: moonlight,
  },
  {
    name: "a few NUL bytes and controls",
    format: "text",
    bytes: () => latin(`moonlight ${"long ".repeat(100)}\0\x1b[31mred`),
    comes: { contains: ["moonlight", "[31mred"], lacks: ["\0", "\x1b"] },
  },
  { name: "many NUL bytes", format: "text", bytes: () => new Uint8Array(100_000), comes: isNoText },
  {
    name: "random bytes",
    format: "text",
    bytes: () => Uint8Array.from({ length: 50_000 }, (_, at) => (at * at * 31 + at * 7) % 256),
    comes: isNoText,
  },
  {
    name: "a line of 50 MB",
    format: "text",
    bytes: () => new Uint8Array(50_000_000).fill(0x61),
    comes: { failed: /20,000,000 characters/ },
  },
  {
    name: "a line of 15 MB",
    format: "text",
    bytes: () => joined(new Uint8Array(15_000_000).fill(0x61), bytesOf(" moonlight")),
    comes: moonlight,
  },
  {
    name: "70 MB",
    format: "text",
    bytes: () => new Uint8Array(70_000_000).fill(0x61),
    comes: { failed: /more than 64 MiB/ },
  },
  { name: "nothing", format: "text", bytes: () => new Uint8Array(), comes: { contains: [] } },
  { name: "a PNG", format: "text", bytes: () => pngOf(32, 32), comes: { failed: /no text file, but a PNG image/ } },
  {
    name: "source",
    format: "code",
    bytes: () => bytesOf("export function moon(): string {\n  return 'light';\n}\n"),
    comes: { contains: ["function moon(): string {\n  return 'light';"] },
  },
  {
    name: "an archive",
    format: "code",
    bytes: () => latin("PK\x03\x04rest"),
    comes: { failed: /no source file, but a ZIP archive/ },
  },
];

export const textSamples: readonly Sample[] = [...htmlSamples, ...markdownSamples, ...csvSamples, ...plainSamples];
