/** The look of a shared scene; it stands inside the file, which loads nothing. */
export const SHARE_STYLE = `
:root{color-scheme:dark light;--ground:#1e1f26;--card:#262833;--ink:#e6e6ea;--soft:#a3a6b3;--line:#363946;--thought:#c9b6ff;--thought-ground:#2c2840}
@media (prefers-color-scheme:light){:root{--ground:#f4f2ee;--card:#fff;--ink:#23252d;--soft:#626676;--line:#dedbd3;--thought:#5a3fa8;--thought-ground:#f0ebff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.6 Georgia,'Noto Serif',serif}
main{max-width:44rem;margin:0 auto;padding:2.5rem 1.1rem 4rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 .4rem}
.setting{color:var(--soft);font-style:italic;margin:0 0 1rem;white-space:pre-line}
.hint{font:14px/1.5 system-ui,sans-serif;color:var(--soft);border-block:1px solid var(--line);padding:.7rem 0;margin:0 0 1.6rem}
.beat{display:grid;grid-template-columns:2.75rem 1fr;gap:.9rem;margin:0 0 1.3rem}
.face{width:2.75rem;height:2.75rem;border-radius:50%;background:center/cover;margin-top:.2rem}
.name{font:600 15px/1.4 system-ui,sans-serif}
.said{white-space:pre-line;overflow-wrap:anywhere}
.said i{color:var(--soft)}
.told{color:var(--soft);font-style:italic;text-align:center;margin:0 0 1.3rem;white-space:pre-line}
details{margin:.35rem 0 0}
summary{cursor:pointer;display:inline-block;font:14px/1.5 system-ui,sans-serif;color:var(--thought);border-radius:1rem;padding:.1rem .6rem;background:var(--thought-ground);list-style:none}
summary::-webkit-details-marker{display:none}
summary:focus-visible{outline:2px solid var(--thought);outline-offset:2px}
blockquote{margin:.5rem 0 0;padding:.6rem .9rem;border-left:3px solid var(--thought);background:var(--thought-ground);border-radius:0 .6rem .6rem 0;font-style:italic;white-space:pre-line}
footer{font:14px/1.5 system-ui,sans-serif;color:var(--soft);border-top:1px solid var(--line);margin-top:2.5rem;padding-top:1rem}
`;
