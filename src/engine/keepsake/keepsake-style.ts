/** How many voices have a colour of their own; those of a larger cast share them. */
export const VOICES = 8;

/**
 * The look of a keepsake: a printed play. It stands inside the file, which loads nothing; the switches
 * are check boxes that the style sheet reads, so that nothing needs to run.
 */
export const KEEPSAKE_STYLE = `
:root{color-scheme:light dark;--paper:#fbf8f1;--ink:#29241f;--soft:#6f665b;--faint:#e2dacb;--accent:#8c2f39;--mind:#5b4495;--mind-paper:#f1ecfb;
--v0:#a3402a;--v1:#2c6797;--v2:#476e2b;--v3:#74479a;--v4:#8d6015;--v5:#1f746a;--v6:#9c3966;--v7:#4653a8}
@media (prefers-color-scheme:dark){:root{--paper:#17161b;--ink:#e9e3d7;--soft:#a49b8e;--faint:#35323a;--accent:#d98f8f;--mind:#c8b6f5;--mind-paper:#26213a;
--v0:#e78f78;--v1:#86b7e0;--v2:#a4c57f;--v3:#c9a3ea;--v4:#deb568;--v5:#74c8bc;--v6:#e796b9;--v7:#a4aef0}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:18px/1.62 'Iowan Old Style','Palatino Linotype',Palatino,'Book Antiqua',Georgia,'Noto Serif',serif;text-rendering:optimizeLegibility;hanging-punctuation:first last}
main{max-width:46rem;margin:0 auto;padding:4.5rem 1.4rem 5rem;overflow-wrap:anywhere}
p,h1,h2,ul,blockquote{margin:0}
.v0{--voice:var(--v0)}.v1{--voice:var(--v1)}.v2{--voice:var(--v2)}.v3{--voice:var(--v3)}.v4{--voice:var(--v4)}.v5{--voice:var(--v5)}.v6{--voice:var(--v6)}.v7{--voice:var(--v7)}
header{text-align:center;margin-bottom:3rem}
.day{font-size:.82rem;letter-spacing:.14em;text-transform:uppercase;color:var(--soft)}
h1{font-size:clamp(2.2rem,7vw,3.4rem);line-height:1.1;font-weight:500;letter-spacing:-.01em;margin:.9rem 0 1.2rem;text-wrap:balance}
.setting{max-width:34rem;margin:0 auto;font-style:italic;color:var(--soft);white-space:pre-line;text-wrap:pretty}
h2{font-size:.9rem;font-weight:500;letter-spacing:.14em;text-transform:uppercase;text-align:center;color:var(--accent)}
.cast ul{list-style:none;padding:0;margin:1.3rem 0 0;display:grid;gap:1.1rem 2rem;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr))}
.cast li{display:grid;grid-template-columns:3.2rem 1fr;gap:.9rem;align-items:start;font-size:.92rem;line-height:1.45}
.cast b{display:block;font-weight:600;font-size:1.02rem;color:var(--voice)}
.cast span{color:var(--soft)}
.face{width:3.2rem;height:3.2rem;border-radius:50%;object-fit:cover;display:grid;place-items:center;font:500 1.35rem/1 inherit;font-style:normal;color:var(--paper);background:var(--voice,var(--soft))}
.players{margin-top:1.6rem;text-align:center;color:var(--soft);font-size:.92rem;font-style:italic}
.ornament{text-align:center;color:var(--accent);font-size:1.5rem;margin:2.2rem 0 2.4rem}
.line{display:grid;grid-template-columns:9.5rem 1fr;gap:0 1.5rem;margin-bottom:1.15rem;break-inside:avoid}
.line>div{position:relative}
.who{text-align:end;font-size:.86rem;line-height:1.9;letter-spacing:.09em;text-transform:uppercase;font-weight:600;color:var(--voice,var(--soft))}
.said{white-space:pre-line}
.said i{color:var(--soft)}
.told{max-width:34rem;margin:1.6rem auto;text-align:center;font-style:italic;color:var(--soft);white-space:pre-line;text-wrap:pretty;break-inside:avoid}
.entrance,.exit{margin-block:1.1rem;font-size:.94rem}
.entrance::before,.entrance::after,.exit::before,.exit::after{content:' — ';color:var(--faint)}
.place,.day.break{margin:2.6rem auto 1.5rem;text-align:center;display:flex;align-items:center;gap:1rem;break-after:avoid}
.place::before,.place::after,.day.break::before,.day.break::after{content:'';flex:1;border-top:1px solid var(--faint)}
.setting+.told,.told.setting{margin-block:2.2rem}
#minds,.peek{position:absolute;opacity:0;pointer-events:none;width:1.6rem;height:1.6rem;margin:0}
.switch{position:fixed;z-index:1;inset:auto 0 1.1rem;margin:auto;width:max-content;font-size:.88rem;padding:.45rem 1.1rem;border-radius:2rem;background:var(--paper);border:1px solid var(--mind);color:var(--mind);cursor:pointer;box-shadow:0 .2rem 1rem rgb(0 0 0/.14)}
#minds:checked+.switch{background:var(--mind);color:var(--paper)}
#minds:focus-visible+.switch,.peek:focus-visible+label{outline:2px solid var(--mind);outline-offset:2px}
#minds{position:fixed;bottom:1.1rem;left:50%}
.peek+label{float:inline-end;margin-inline-start:.6rem;padding:0 .35rem;border-radius:.8rem;line-height:1.7;font-size:.85rem;cursor:pointer;filter:grayscale(1);opacity:.65}
.peek{right:0;top:0}
.peek:hover+label,.peek+label:hover,.peek:checked+label,#minds:checked~main .peek+label{filter:none;opacity:1}
.spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.thought{display:none;margin:.1rem 0 .5rem;padding:.45rem .95rem;border-inline-start:3px solid var(--mind);border-radius:0 .5rem .5rem 0;background:var(--mind-paper);color:var(--mind);font-style:italic;font-size:.95rem;white-space:pre-line}
.peek:checked~.thought,#minds:checked~main .thought{display:block}
footer{margin-top:3.5rem;text-align:center;color:var(--soft);font-size:.86rem;font-style:italic}
.curtain{font-style:normal;letter-spacing:.2em;text-transform:uppercase;color:var(--accent);margin-bottom:1rem}
@media (max-width:40rem){
body{font-size:17px}
main{padding-top:3rem}
.line{grid-template-columns:1fr}
.who{text-align:start;line-height:1.6}
}
@media print{
@page{margin:2cm 2.2cm}
:root{--paper:#fff;--ink:#000;--soft:#444;--faint:#bbb}
body{font-size:11pt}
main{padding:0;max-width:none}
.switch,#minds,.peek,.peek+label{display:none}
.thought{background:none}
.cast li,.cast ul{break-inside:avoid}
}
`;
