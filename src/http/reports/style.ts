/** The style is inline, and allowed by its hash: the page is one file, on screen and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #4a5560; --paper: #fff; --band: #f3f5f8; --line: #c3cad3;
  --bar: #17345c; --bar-ink: #fff; --link: #0b4fa8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebef; --soft: #b3bdc8; --paper: #14181d; --band: #1e242b; --line: #46505c;
    --bar: #0e2442; --bar-ink: #fff; --link: #8fbdf7; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); color: var(--link); padding: .5rem 1rem; z-index: 1; }
.width { max-width: 54rem; margin: 0 auto; padding: 0 1rem; }
header { background: var(--bar); color: var(--bar-ink); padding-block: 1.1rem; }
header p { margin: 0; }
header h1 { font-size: 1.7rem; line-height: 1.2; margin: .2rem 0 .3rem; }
header a { color: inherit; }
.ways { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; justify-content: space-between; }
main { padding-block: 1rem 2.5rem; }
h2 { font-size: 1.4rem; line-height: 1.3; margin: 2.6rem 0 .4rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1.1rem; margin: 1.8rem 0 .3rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
header a:focus-visible { outline-color: var(--bar-ink); }
.soft, footer { color: var(--soft); }
.contents ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0; margin: .5rem 0 0; }
.note { background: var(--band); border: 1px solid var(--line); border-radius: .4rem; padding: .1rem 1rem; margin: 1rem 0; }
.narrative { max-width: 44rem; }
.narrative p { white-space: pre-line; }
.signed { font-style: italic; }
figure { margin: .6rem 0; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 .4rem; }
caption { text-align: left; color: var(--soft); font-size: .95rem; padding: .2rem 0; }
.aside { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-top: 1px solid var(--line); }
thead th { background: var(--band); font-size: .9rem; vertical-align: bottom; }
td, thead th + th { text-align: right; font-variant-numeric: tabular-nums; width: 8.5rem; }
tbody th { font-weight: 400; }
.interval { color: var(--soft); font-size: 0.85em; white-space: nowrap; }
td.untold { color: var(--soft); font-style: italic; }
details { margin: .2rem 0 1rem; }
summary { cursor: pointer; color: var(--soft); padding: .2rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .6rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
footer { border-top: 1px solid var(--line); padding-block: 1rem 2rem; font-size: .95rem; }
.list { list-style: none; padding: 0; }
.list li { margin: .35rem 0; }
@media (max-width: 34rem) {
  table { table-layout: fixed; }
  thead th:first-child { width: 34%; }
  td, thead th + th { width: auto; }
  th, td { padding-inline: .2rem; font-size: .85rem; overflow-wrap: break-word; hyphens: auto; }
  dl { display: block; } dt { overflow-wrap: anywhere; } dd { margin-bottom: .5rem; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --paper: #fff; --band: #fff; --line: #999; --bar: #fff; --bar-ink: #000; --link: #000; }
  @page { size: A4; margin: 18mm 16mm; }
  body { font-size: 10.5pt; }
  .skip, .contents, .ways { display: none; }
  header { border-bottom: 2pt solid #000; padding-block: 0 .4rem; }
  .width { max-width: none; padding: 0; }
  h2 { break-after: avoid; margin-top: 1.6rem; }
  h3, caption { break-after: avoid; }
  table, figure { break-inside: avoid; }
  details { font-size: 9pt; }
  thead { display: table-header-group; }
  details::details-content { content-visibility: visible; height: auto; }
  summary { list-style: none; }
  a { text-decoration: none; }
}
`;
