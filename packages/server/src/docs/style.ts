/** How the reference page looks, by day and by night. */
export const style = `
:root{color-scheme:light dark;--text:light-dark(#1d2129,#e6e8ec);--dim:light-dark(#5a6270,#9aa3b2);--back:light-dark(#fbfbfc,#14161a);
--card:light-dark(#fff,#1c1f25);--line:light-dark(#dfe2e8,#31353e);--accent:light-dark(#2454b8,#8db4ff);--code:light-dark(#f2f4f7,#12141a)}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--back)}
header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;padding:.8rem 1.5rem;border-bottom:1px solid var(--line);position:sticky;top:0;background:var(--back);z-index:1}
h1{font-size:1.1rem;margin:0}header p{margin:0;color:var(--dim);font-size:.9rem}
header label{margin-left:auto;color:var(--dim);font-size:.9rem}
input{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:.35rem .7rem;width:min(24rem,100%)}
a{color:var(--accent)}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;z-index:2;background:var(--card);padding:.5rem}
.columns{display:grid;grid-template-columns:12rem minmax(0,1fr);max-width:76rem;margin:0 auto}
nav{padding:1.2rem 0 1rem 1.5rem;position:sticky;top:4rem;align-self:start}nav ul{list-style:none;margin:0;padding:0}nav a{display:block;padding:.15rem 0;text-decoration:none}
main{padding:1rem 1.5rem 4rem}main:focus{outline:none}
h2{font-size:1.05rem;margin:1.6rem 0 .6rem;scroll-margin-top:5rem}
details{background:var(--card);border:1px solid var(--line);border-radius:8px;margin:.5rem 0;scroll-margin-top:5rem}
summary{display:flex;flex-wrap:wrap;gap:.2rem .8rem;align-items:baseline;padding:.55rem .9rem;cursor:pointer;border-radius:8px}
summary span{color:var(--dim);font-size:.92rem}
.verb{font:600 .78rem/1.5 ui-monospace,monospace;min-width:4.2em;color:var(--accent)}
.DELETE{color:light-dark(#b3261e,#ff9d94)}.POST{color:light-dark(#1b6e3c,#7bd88f)}.PUT{color:light-dark(#8a5a00,#eebf6d)}
code,pre{font:.86rem/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
summary code{font-weight:600}
.body{padding:0 .9rem .9rem;border-top:1px solid var(--line)}
h3{font-size:.85rem;margin:1rem 0 .3rem;color:var(--dim)}
table{border-collapse:collapse;width:100%;font-size:.92rem}td,th{text-align:left;vertical-align:top;padding:.25rem .6rem .25rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
pre{background:var(--code);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;overflow:auto;margin:.3rem 0}
@media(max-width:46rem){.columns{grid-template-columns:1fr}nav{position:static;padding:1rem 1.5rem 0}nav ul{display:flex;flex-wrap:wrap;gap:0 1rem}header{position:static}header label{margin-left:0}}
`;
