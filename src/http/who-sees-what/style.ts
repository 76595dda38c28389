/** The style is inline, and allowed by its hash: the page is one file. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #4a5560; --paper: #fff; --band: #f3f5f8; --line: #c3cad3;
  --bar: #17345c; --bar-ink: #fff; --link: #0b4fa8; --yes: #0a5c36; --yes-paper: #e2f4ea; --no: #8c1d18; --no-paper: #fbeae9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebef; --soft: #b3bdc8; --paper: #14181d; --band: #1e242b; --line: #46505c;
    --bar: #0e2442; --bar-ink: #fff; --link: #8fbdf7; --yes: #8ce0b0; --yes-paper: #12301f; --no: #f5a9a4; --no-paper: #3b1816; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); color: var(--link); padding: .5rem 1rem; z-index: 1; }
header { background: var(--bar); color: var(--bar-ink); }
.width { max-width: 62rem; margin: 0 auto; padding: 0 1rem; }
header .width { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .25rem 1.5rem; padding-block: .9rem; }
header h1 { font-size: 1.5rem; line-height: 1.25; margin: 0; }
header a { color: inherit; }
main { padding-block: 1rem 2.5rem; }
h2 { font-size: 1.35rem; line-height: 1.3; margin: 2.2rem 0 .6rem; }
h2.who { margin-top: 1.2rem; }
h3 { font-size: 1.05rem; margin: 0; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, select:focus-visible, button:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
header a:focus-visible { outline-color: var(--bar-ink); }
form { background: var(--band); border: 1px solid var(--line); border-radius: .4rem; padding: .9rem 1rem; display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: end; }
form .field { flex: 1 1 20rem; min-width: 0; }
label { display: block; font-weight: 600; margin-bottom: .25rem; }
select, button { font: inherit; padding: .5rem .6rem; border: 1px solid var(--soft); border-radius: .25rem; background: var(--paper); color: var(--ink); min-height: 2.75rem; }
select { width: 100%; }
button { background: var(--bar); color: var(--bar-ink); border-color: var(--bar-ink); font-weight: 600; padding-inline: 1.2rem; cursor: pointer; }
.soft, footer { color: var(--soft); }
.message { border-left: .3rem solid var(--no); background: var(--no-paper); color: var(--no); padding: .6rem .9rem; font-weight: 600; }
.contents ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0; margin: .5rem 0 0; }
.roles { columns: 18rem; column-gap: 2rem; }
.roles section { break-inside: avoid; padding-bottom: 1.2rem; }
.roles h3 { border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
.roles ul { margin: .4rem 0 0; padding-left: 1.1rem; }
.roles li { margin: .3rem 0; }
table { border-collapse: collapse; width: 100%; margin: .9rem 0 1.4rem; table-layout: fixed; }
caption { text-align: left; font-weight: 600; padding: .35rem 0; }
caption .soft, summary .soft { font-weight: 400; }
th, td { text-align: left; vertical-align: top; padding: .4rem .5rem; border-top: 1px solid var(--line); overflow-wrap: break-word; hyphens: auto; }
thead th { background: var(--band); font-size: .9rem; }
thead th:nth-child(1) { width: 40%; } thead th:nth-child(2) { width: 5.6rem; }
tbody th { font-weight: 400; }
code { font: .8rem/1.4 ui-monospace, 'DejaVu Sans Mono', monospace; color: var(--soft); display: block; hyphens: none; overflow-wrap: anywhere; }
.answer { display: inline-block; border-radius: .25rem; padding: 0 .45rem; font-weight: 600; white-space: nowrap; }
.yes { color: var(--yes); background: var(--yes-paper); }
.no { color: var(--no); background: var(--no-paper); }
details { border: 1px solid var(--line); border-radius: .3rem; margin: .5rem 0; padding: 0 .8rem; }
summary { cursor: pointer; padding: .55rem 0; font-weight: 600; }
footer { border-top: 1px solid var(--line); padding-block: 1rem 2rem; font-size: .95rem; }
@media (max-width: 32rem) {
  body { font-size: 1rem; }
  header h1 { font-size: 1.25rem; }
  th, td { padding: .35rem .3rem; font-size: .95rem; }
  thead th:nth-child(1) { width: 35%; } thead th:nth-child(2) { width: 4.6rem; }
  code { display: none; }
}
@media print {
  :root { --ink: #000; --soft: #333; --paper: #fff; --band: #fff; --line: #999; --bar: #fff; --bar-ink: #000; --link: #000;
    --yes: #000; --yes-paper: #fff; --no: #000; --no-paper: #fff; }
  body { font-size: 10pt; }
  form, .contents, .skip, .language { display: none; }
  header { border-bottom: 2px solid #000; }
  .width { max-width: none; padding: 0; }
  details { border: 0; padding: 0; }
  details::details-content { content-visibility: visible; height: auto; }
  summary { list-style: none; }
  tr, caption { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;
