import { expect, test } from "vitest";
import { cleanSvg } from "./clean-svg.ts";

const root = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">';
const svg = (inner: string) => `${root}${inner}</svg>`;
const dot = '<circle cx="4" cy="4" r="4"></circle>';

/** What attacks are made of: none of it may be in what is served. */
const dangerous =
  /script|on\w+\s*=|href|foreignobject|<image|<use|<style|<a[\s>]|<iframe|<animate|<set|javascript|data:|https?:\/\/(?!www\.w3\.org\/2000\/svg")|<!|<\?|url\((?!#\w)|expression|@import|\\|left-out/i;

/** Each of them, and what must be left of it. */
const attacks: readonly (readonly [string, string, string])[] = [
  ["text around the root", `text${svg(dot)}text`, svg(dot)],
  ["a script", svg(`<script>alert(1)</script>${dot}`), svg(dot)],
  ["a script in capitals", svg(`<SCRIPT>alert(1)</SCRIPT>${dot}`), svg(dot)],
  [
    "a script with a namespace",
    svg(`<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script>${dot}`),
    svg(dot),
  ],
  ["a script in CDATA", svg(`<script><![CDATA[alert(1)]]></script>${dot}`), svg(dot)],
  ["a script that is loaded", svg(`<script href="https://evil.example/x.js"/>${dot}`), svg(dot)],
  ["a script within a script", svg(`<script><script>alert(1)</script></script>${dot}`), svg(dot)],
  ["a handler", svg('<circle cx="4" cy="4" r="4" onclick="alert(1)"/>'), svg(dot)],
  ["a handler of the root", `<svg viewBox="0 0 8 8" onload="alert(1)">${dot}</svg>`, svg(dot)],
  ["a handler behind a slash", svg('<circle cx="4" cy="4" r="4"/onload="alert(1)"/>'), svg(dot)],
  [
    "HTML within",
    svg(`<foreignObject><body onload="alert(1)"><iframe src="https://evil.example"/></body></foreignObject>${dot}`),
    svg(dot),
  ],
  ["HTML without its element", svg(`<iframe src="javascript:alert(1)"></iframe>${dot}`), svg(dot)],
  ["a namespace of HTML", svg(`<g xmlns="http://www.w3.org/1999/xhtml">${dot}</g>`), svg(`<g>${dot}</g>`)],
  ["a link that runs", svg(`<a href="javascript:alert(1)">${dot}</a>`), svg(`<g>${dot}</g>`)],
  ["a link of old", svg(`<a xlink:href="https://evil.example">${dot}</a>`), svg(`<g>${dot}</g>`)],
  ["an image", svg(`<image href="https://evil.example/spy.png"/>${dot}`), svg(dot)],
  ["an image in data", svg(`<image href="data:image/svg+xml;base64,PHN2Zz4="/>${dot}`), svg(dot)],
  ["a use of elsewhere", svg(`<use href="https://evil.example/x.svg#a"/>${dot}`), svg(dot)],
  [
    "a bomb of uses",
    svg(`<g id="a">${dot}</g><g id="b"><use href="#a"/><use href="#a"/></g>`),
    svg(`<g>${dot}</g><g></g>`),
  ],
  ["a sheet of styles", svg(`<style>@import url(https://evil.example/x.css);</style>${dot}`), svg(dot)],
  ["a style that loads", svg('<circle style="fill:url(https://evil.example/x)" cx="4" cy="4" r="4"/>'), svg(dot)],
  [
    "a style that loads, in escapes",
    svg('<circle style="fill:\\75rl(//evil.example)" cx="4" cy="4" r="4"/>'),
    svg(dot),
  ],
  [
    "a style that covers the page",
    svg('<circle style="position:fixed;width:9999px;fill:red" cx="4" cy="4" r="4"/>'),
    svg('<circle cx="4" cy="4" r="4" style="fill:red"></circle>'),
  ],
  ["a filling that loads", svg('<circle fill="url(https://evil.example/x#a)" cx="4" cy="4" r="4"/>'), svg(dot)],
  ["a filling that loads from beside", svg('<circle fill="url(x.svg)" cx="4" cy="4" r="4"/>'), svg(dot)],
  ["a filling in data", svg('<circle fill="url(data:image/svg+xml,x)" cx="4" cy="4" r="4"/>'), svg(dot)],
  ["a filling in entities", svg('<circle fill="&#117;rl(//evil.example)" cx="4" cy="4" r="4"/>'), svg(dot)],
  ["an animation of a link", svg(`<animate attributeName="href" values="javascript:alert(1)"/>${dot}`), svg(dot)],
  ["a set handler", svg(`<set attributeName="onmouseover" to="alert(1)"/>${dot}`), svg(dot)],
  ["a filter that loads", svg(`<filter id="f"><feImage href="https://evil.example"/></filter>${dot}`), svg(dot)],
  ["a bomb of patterns", svg(`<pattern id="p"><rect fill="url(#p)"/></pattern>${dot}`), svg(dot)],
  [
    "a bomb of clips",
    svg(`<clipPath id="c"><path clip-path="url(#c)" style="clip-path:url(#c)" d="M0 0"/></clipPath>${dot}`),
    svg(`<clipPath id="c"><path d="M0 0"></path></clipPath>${dot}`),
  ],
  ["a mask", svg(`<mask id="m">${dot}</mask><circle mask="url(#m)" cx="4" cy="4" r="4"/>`), svg(dot)],
  [
    "entities that grow",
    `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${svg(`<text>&b;</text>`)}`,
    svg("<text>&amp;b;</text>"),
  ],
  [
    "an entity that reads a file",
    `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg(`<text>&x;</text>`)}`,
    svg("<text>&amp;x;</text>"),
  ],
  ["an instruction", `<?xml version="1.0"?><?xml-stylesheet href="https://evil.example/x.css"?>${svg(dot)}`, svg(dot)],
  [
    "markup in CDATA",
    svg("<text><![CDATA[<script>alert(1)</script>]]></text>"),
    svg("<text>&lt;script&gt;alert(1)&lt;/script&gt;</text>"),
  ],
  ["markup in a comment", svg(`<!--><script>alert(1)</script>-->${dot}`), svg(dot)],
  [
    "a title that breaks out",
    svg("<title>&lt;/title&gt;&lt;script&gt;</title>"),
    svg("<title>&lt;/title&gt;&lt;script&gt;</title>"),
  ],
  ["a value that breaks out", svg(`<text font-family='"&gt;&lt;script&gt;' >x</text>`), svg("<text>x</text>")],
  ["numbers that hang what draws", svg('<path d="M0 0a1e9 1e9 0 1 1 3 3"/>'), svg("<path></path>")],
  ["controls and halves of characters", svg("<text>a\u0000\u0008&#1;&#x1f;\ud800b</text>"), svg("<text>ab</text>")],
  ["a control within a name", svg(`<cir\u0001cle cx="4" cy="4" r="4"/>`), svg(dot)],
  ["a style with a value too many", svg('<circle style="fill:red:blue" cx="4" cy="4" r="4"/>'), svg(dot)],
  ["a base", svg(`<base href="https://evil.example/"/>${dot}`), svg(dot)],
  ["a prototype", svg(`<constructor>${dot}</constructor><g __proto__="x" constructor="y"></g>`), svg("<g></g>")],
];

test.each(attacks)("%s is taken out", async (_, attack, left) => {
  const clean = await cleanSvg(attack);
  expect(clean).toBe(left);
  expect(clean.replaceAll(/&[a-z]+;/g, "").replaceAll(/<(?:text|title)>[^<]*</g, "<")).not.toMatch(dangerous);
});

test.each([
  ["nothing", ""],
  ["no markup", "hello"],
  ["HTML", `<html><body>${svg(dot)}</body></html>`],
  ["another root", `<g>${dot}</g>`],
  ["two roots", svg(dot) + svg(dot)],
  ["another root behind", `${svg(dot)}<script>alert(1)</script>`],
  ["no size", `<svg>${dot}</svg>`],
  ["an area of nothing", `<svg viewBox="0 0 0 8">${dot}</svg>`],
  ["an area that is none", `<svg viewBox="0 0 8">${dot}</svg>`],
  ["an area of five numbers", `<svg viewBox="0 0 8 8 8">${dot}</svg>`],
  ["an endless area", `<svg viewBox="0 0 1e99 8">${dot}</svg>`],
  ["a size in percent", `<svg width="100%" height="100%">${dot}</svg>`],
  ["a name space that is a root", `<svg:svg xmlns:svg="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>`],
  ["too many elements", svg("<g/>".repeat(5001))],
  ["too deep", svg("<g>".repeat(65))],
  ["too long", svg(" ".repeat(1024 * 1024))],
])("%s is refused, and it is said what to do", async (_, given) => {
  const attempt = cleanSvg(given);
  await expect(attempt).rejects.toMatchObject({ code: "validation_failed", details: [{ path: "content" }] });
});

test("hostile depth ends at once", async () => {
  const began = performance.now();
  await expect(cleanSvg("<svg viewBox='0 0 1 1'>".repeat(40_000))).rejects.toMatchObject({ code: "validation_failed" });
  expect(performance.now() - began).toBeLessThan(1000);
});

test("what is clean stays as it is", async () => {
  const whole = `<svg width="64px" height="32" preserveAspectRatio="xMidYMid meet"><title>A &amp; B</title><defs>
    <linearGradient id="g" gradientTransform="rotate(45)"><stop offset="0" stop-color="rgb(1, 2, 3)"/><stop offset="100%" style="stop-color: #fff; stop-opacity: .5"/></linearGradient>
    <clipPath id="c"><rect width="9" height="9" rx="2"/></clipPath></defs>
    <g clip-path="url(#c)" transform="matrix(1 0 0 1 2 3)"><path d="M0 0c1-1.5e1 2 2 3,3z" fill="url(#g)" stroke="#123"/></g>
    <text x="1" y="2" font-family="Open Sans, sans-serif">Grüße 客服 <tspan font-weight="bold">&lt;3</tspan></text></svg>`;
  const once = await cleanSvg(whole);
  expect(await cleanSvg(once)).toBe(once);
  expect(once).toContain('viewBox="0 0 64 32"');
  expect(once).toContain('fill="url(#g)"');
  expect(once).toContain('style="stop-color:#fff;stop-opacity:.5"');
  expect(once).toContain("Grüße 客服");
  for (const [, , left] of attacks) expect(await cleanSvg(left)).toBe(left);
});
