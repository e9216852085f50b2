/** The page's whole style. No `style` attributes anywhere: the policy allows this text by its hash and nothing else. */
export const STYLE = `
:root{--paper:#fff;--soft:#f6f7f9;--line:#dfe3e8;--ink:#1a2129;--faint:#56616d;--link:#1d4ed8;
--good:#05603a;--good-soft:#e3f5ea;--good-line:#9fd8b5;--good-bar:#2f9e63;
--bad:#b42318;--bad-soft:#fdeceb;--bad-line:#f2b8b3;--bad-bar:#d6453b;
--warn:#854a0e;--warn-soft:#fdf3dc;--warn-line:#ecd190;--note:#1d4f91;--note-soft:#e8f0fb;--note-line:#b5cdee;
--hit:#ffe1de;--hit-line:#d6453b;--rule:#fff3c9;--shadow:0 1px 2px rgb(16 24 40/.06),0 1px 3px rgb(16 24 40/.08);
font:15px/1.55 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:var(--ink);background:var(--soft)}
@media (prefers-color-scheme:dark){:root{--paper:#171c22;--soft:#0f1317;--line:#2d353e;--ink:#e6eaee;--faint:#a0abb7;--link:#8ab4f8;
--good:#7ddba3;--good-soft:#11291c;--good-line:#245b3c;--good-bar:#3fae74;--bad:#ff9a91;--bad-soft:#34171a;--bad-line:#74302d;--bad-bar:#e5635a;
--warn:#f3c969;--warn-soft:#2e2510;--warn-line:#665121;--note:#9cc3f7;--note-soft:#14233a;--note-line:#2c4a75;--hit:#4a1d1d;--hit-line:#e5635a;--rule:#3a3113;--shadow:none}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:4.5rem}
body{margin:0}
html:has(#language-en:checked) .zh,html:has(#language-zh:checked) .en{display:none}
.js-only{display:none!important}.js .js-only{display:inline-flex!important}
a{color:var(--link)}
h1,h2,h3,h4,h5,p,ul,dl,dd,figure{margin:0;padding:0}
h1{font-size:1.05rem;font-weight:650}h2{font-size:1.15rem;margin:2.4rem 0 .7rem}h3{font-size:.85rem;font-weight:600}h4,h5{font-size:.82rem;font-weight:600}
code,pre,.mono,kbd{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","Noto Sans Mono CJK SC",monospace;font-size:.85em;overflow-wrap:anywhere}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem .8rem;z-index:9}
main,footer{max-width:78rem;margin:0 auto;padding:0 1.25rem}
footer{color:var(--faint);font-size:.82rem;padding:2rem 1.25rem 3rem}
.top{position:sticky;top:0;z-index:5;display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 1.5rem;padding:.65rem max(1.25rem,calc(50vw - 37.75rem));background:var(--paper);border-bottom:1px solid var(--line)}
.top nav{display:flex;gap:1.1rem;flex:1;font-size:.9rem}.top nav a{text-decoration:none}.top nav a:hover{text-decoration:underline}
.languages{display:flex;border:1px solid var(--line);border-radius:.5rem;padding:0;margin:0;overflow:hidden;font-size:.82rem}
.languages legend{position:absolute;left:-99rem}.languages input{position:absolute;opacity:0}
.languages span{display:block;padding:.15rem .7rem;cursor:pointer}.languages input:checked+span{background:var(--ink);color:var(--paper)}
:focus-visible,.languages input:focus-visible+span,.box input:focus-visible+span{outline:2px solid var(--link);outline-offset:2px}
.verdict{display:flex;gap:1.1rem;align-items:center;margin:1.5rem 0 1rem;padding:1.3rem 1.5rem;border-radius:.9rem;border:1px solid;box-shadow:var(--shadow)}
.verdict h2{margin:0;font-size:1.55rem;line-height:1.25;font-weight:700}.verdict p{margin-top:.25rem}
.verdict .symbol{flex:none;width:3rem;height:3rem;border-radius:50%;display:grid;place-items:center;font-size:1.5rem;font-weight:700;color:#fff}
.verdict.failed{background:var(--bad-soft);border-color:var(--bad-line);color:var(--bad)}.failed .symbol{background:#b42318}
.verdict.passed{background:var(--good-soft);border-color:var(--good-line);color:var(--good)}.passed .symbol{background:#05603a}
.verdict.void{background:var(--warn-soft);border-color:var(--warn-line);color:var(--warn)}.void .symbol{background:#854a0e}
.verdict p{color:var(--ink)}
.doubts{border:1px solid var(--warn-line);background:var(--warn-soft);border-radius:.7rem;padding:.7rem 1.1rem;margin:0 0 1rem}
.doubts h3{color:var(--warn)}.doubts ul{padding-left:1.2rem;font-size:.92rem}
.inputs{font-size:.9rem}.inputs summary{color:var(--faint)}.inputs ul{padding-left:1.1rem;font-size:.88rem}.inputs h4{margin:.6rem 0 .2rem}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr));gap:0 1.5rem}
summary{cursor:pointer}
.figures{display:grid;grid-template-columns:repeat(5,1fr);gap:.8rem;margin-top:1.2rem}
.figure{background:var(--paper);border:1px solid var(--line);border-radius:.8rem;padding:.9rem 1rem;box-shadow:var(--shadow);display:flex;flex-direction:column}
.figure h3{color:var(--faint);font-weight:500}.figure .value{margin:.15rem 0 .35rem;flex:1}.figure .value b{font-size:1.75rem;line-height:1.2}.figure .value span{color:var(--faint);font-size:.85rem}
.figure .note{font-size:.8rem;color:var(--faint);margin-top:.45rem}.figure.wrong .value b{color:var(--bad)}
.bar{display:block;width:100%;height:6px;border-radius:3px}.bar .rest{fill:var(--line)}.bar .good{fill:var(--good-bar)}.bar .bad{fill:var(--bad-bar)}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.3rem;font-size:.82rem;color:var(--faint);margin-bottom:.6rem}
.key-full{color:var(--good)}.key-partly{color:var(--warn)}.key-wrong{color:var(--bad)}
.module{display:grid;grid-template-columns:12.5rem 1fr;gap:.3rem 1rem;padding:.55rem 0;border-top:1px solid var(--line)}
.module h3 small{display:block;color:var(--faint);font-weight:400;font-size:.78rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:.4rem;list-style:none;align-content:start}
.tile{display:flex;gap:.5rem;align-items:baseline;border:1px solid;border-left-width:4px;border-radius:.4rem;padding:.22rem .55rem;text-decoration:none;font-size:.8rem;color:var(--ink)}
.tile .method,.operation .method{font:600 .68rem/1.4 ui-monospace,Menlo,Consolas,monospace;color:var(--faint);flex:none}
.tile .name{flex:1;min-width:0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.tile .share{flex:none;font-weight:650;font-variant-numeric:tabular-nums}
.tile:hover{box-shadow:0 0 0 2px var(--line)}
.tile.full{background:var(--good-soft);border-color:var(--good-line)}.tile.full .share{color:var(--good)}
.tile.partly{background:var(--warn-soft);border-color:var(--warn-line)}.tile.partly .share{color:var(--warn)}
.tile.wrong{background:var(--bad-soft);border-color:var(--bad-line)}.tile.wrong .share{color:var(--bad)}
.tile.untouched{border-style:dashed;border-color:var(--line);background:var(--paper)}.tile.untouched .name,.tile.untouched .share{color:var(--faint);font-weight:400}
.toolbar{display:flex;flex-wrap:wrap;gap:.45rem .9rem;align-items:center;margin-bottom:.7rem;font-size:.85rem}
.search{gap:.4rem}.search input,.search select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:.45rem;padding:.25rem .6rem}.search input{width:14rem}.search select{max-width:14rem}
.boxes{display:inline-flex;flex-wrap:wrap;gap:.3rem}.box input{position:absolute;opacity:0}.box span{display:inline-block}
.box>span{border:1px solid var(--line);border-radius:1rem;padding:.1rem .65rem;cursor:pointer;color:var(--faint);text-decoration:line-through;background:var(--soft)}
.box input:checked+span{background:var(--paper);color:var(--ink);text-decoration:none;border-color:var(--faint)}
.tally,.keys{color:var(--faint);font-size:.8rem;gap:.3rem;align-items:center}
kbd{border:1px solid var(--line);border-bottom-width:2px;border-radius:.3rem;padding:0 .35rem;background:var(--paper)}
${['error', 'warning', 'notice'].map((key) => `main:has(#severity-${key}:not(:checked)) .group[data-severity=${key}]`).join(',')},
${['server', 'client', 'document', 'recording'].map((key) => `main:has(#side-${key}:not(:checked)) .group[data-side=${key}]`).join(',')},
${['new', 'known', 'expired'].map((key) => `main:has(#state-${key}:not(:checked)) .group[data-state=${key}]`).join(',')},.group[hidden]{display:none}
.group{background:var(--paper);border:1px solid var(--line);border-left:4px solid var(--line);border-radius:.7rem;margin-bottom:.6rem;box-shadow:var(--shadow)}.many .group{content-visibility:auto;contain-intrinsic-size:auto 4rem}
.group.error{border-left-color:var(--bad-bar)}.group.warning{border-left-color:#d99b1c}.group.notice{border-left-color:#5b8fd6}
.group>summary{display:flex;gap:.6rem;align-items:flex-start;padding:.7rem 1rem;list-style:none}.group>summary::-webkit-details-marker{display:none}
.group>summary:hover{background:var(--soft)}.group[open]>summary{border-bottom:1px solid var(--line)}
.what{flex:1;min-width:0}.what strong{display:block;font-weight:620;overflow-wrap:anywhere}.where{font-size:.84rem;color:var(--faint);overflow-wrap:anywhere}.more{border:1px solid var(--line);border-radius:1rem;padding:0 .4rem}
.times{font-weight:650;font-variant-numeric:tabular-nums;color:var(--faint);flex:none;font-size:.9rem}
.badge{flex:none;font-size:.75rem;font-weight:650;padding:.1rem .55rem;border-radius:1rem;border:1px solid;margin-top:.12rem;white-space:nowrap}
.badge.error,.badge.new,.badge.expired{color:var(--bad);border-color:var(--bad-line);background:var(--bad-soft)}
.badge.warning{color:var(--warn);border-color:var(--warn-line);background:var(--warn-soft)}.badge.notice{color:var(--note);border-color:var(--note-line);background:var(--note-soft)}
.badge.known{color:var(--faint);border-color:var(--line);background:var(--soft)}.badge.expired{border-style:dashed}
.inside{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(24rem,100%),1fr));gap:.8rem 1.5rem;padding:.9rem 1rem .3rem}.inside>*{min-width:0}
.facts dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem .9rem;font-size:.88rem}.facts dt{color:var(--faint)}.facts dd{min-width:0}.facts ul{list-style:none}
.advice{margin-top:.6rem;font-size:.88rem;padding-left:.8rem;border-left:3px solid var(--line)}
code.good{color:var(--good);background:var(--good-soft);padding:.05rem .35rem;border-radius:.3rem}code.bad{color:var(--bad);background:var(--bad-soft);padding:.05rem .35rem;border-radius:.3rem}.pointer,.soft{color:var(--faint)}
pre{margin:0;background:var(--soft);border:1px solid var(--line);border-radius:.5rem;padding:.5rem .7rem;overflow:auto;max-height:24rem;line-height:1.5;tab-size:2}
pre code{font-size:.82rem;white-space:pre-wrap}.line{display:block;min-height:1.2em}.gap{color:var(--faint);font-style:italic}
.key{color:var(--faint)}.body .key{color:var(--note)}.s{color:var(--good)}.n,.w{color:var(--warn)}
mark{background:var(--rule);color:inherit;display:block;border-radius:.25rem}mark.hit{background:var(--hit);box-shadow:inset 4px 0 var(--hit-line),0 0 0 1px var(--hit-line);font-weight:650}.first mark,.headers mark{padding-left:.6rem}
mark.hit.here{outline:3px solid var(--hit-line);outline-offset:2px}mark em{font-style:normal;color:var(--bad)}mark .key,mark .s,mark .n,mark .w{color:inherit!important}
.excerpt figcaption{font-size:.8rem;color:var(--faint);margin-bottom:.25rem}.number{display:inline-block;min-width:2.6rem;padding-right:.8rem;text-align:right;color:var(--faint);user-select:none}
.exchange{margin:.6rem 1rem;border-top:1px dashed var(--line);padding:.5rem 0 .2rem;font-size:.9rem}.exchange>summary{color:var(--faint);font-size:.84rem;overflow-wrap:anywhere}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin-top:.5rem}.message{min-width:0}.message h5{color:var(--faint)}.first{margin:.15rem 0 .35rem;overflow-wrap:anywhere}
.headers,.curl{margin:.3rem 0;font-size:.85rem}.headers summary,.curl summary{color:var(--faint)}.none{color:var(--faint);font-size:.86rem}.group>p.none,.group>pre{margin:.2rem 1rem .8rem}
.copyable{display:flex;gap:.5rem;align-items:flex-start}.copyable pre{flex:1;min-width:0}
button{font:inherit;font-size:.82rem;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:.4rem;padding:.2rem .7rem;cursor:pointer}button:hover{border-color:var(--faint)}
.coverage{background:var(--paper);border:1px solid var(--line);border-radius:.6rem;margin-bottom:.45rem}.coverage>summary{display:flex;gap:1rem;align-items:center;padding:.55rem 1rem}.grow{flex:1;max-width:16rem;margin-left:auto}
.operation{padding:.5rem 1rem;border-top:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 5rem}.operation:target{background:var(--rule)}.operation h4{display:flex;flex-wrap:wrap;gap:.2rem .6rem;align-items:baseline;font-weight:500}.operation .times{margin-left:auto;font-weight:400;font-size:.82rem}
.cells{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .9rem;font-size:.82rem;margin-top:.3rem}.cells dt{color:var(--faint)}.cell{display:inline-block;margin:0 .6rem .1rem 0}.cell.full{color:var(--good)}.cell.wrong{color:var(--bad)}.cell.untouched{color:var(--faint)}
.fixed{list-style:none;font-size:.9rem}.fixed li{padding:.35rem 0}.fixed b{color:var(--good)}
@media (max-width:62rem){.figures{grid-template-columns:repeat(auto-fit,minmax(11rem,1fr))}}
@media (max-width:46rem){.sides,.module{grid-template-columns:minmax(0,1fr)}.tiles{grid-template-columns:repeat(auto-fill,minmax(min(13rem,100%),1fr))}.verdict{padding:1rem;gap:.8rem}.verdict h2{font-size:1.2rem}.verdict .symbol{width:2.2rem;height:2.2rem;font-size:1.1rem}
.top nav{order:3;flex-basis:100%}.top h1{flex:1}.js .keys{display:none!important}.js .search{flex-wrap:wrap}.search input,.search select{width:100%;max-width:none}.group>summary{flex-wrap:wrap}.what{order:5;flex-basis:100%}.times{margin-left:auto}.facts dl{grid-template-columns:minmax(0,1fr)}.facts dt{margin-top:.3rem}.operation .times{margin-left:0}.cells{grid-template-columns:minmax(0,1fr)}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media print{:root{--paper:#fff;--soft:#fff;--line:#ccc;--ink:#000;--faint:#444;--good:#05603a;--bad:#b42318;--warn:#854a0e;--good-soft:#fff;--bad-soft:#fff;--warn-soft:#fff;--note-soft:#fff;--hit:#fff;--rule:#fff;font-size:11px;background:#fff}
.top{position:static}.top nav,.languages,.toolbar,.copy,.skip{display:none!important}details::details-content{content-visibility:visible;display:block}details.curl,details.headers,.exchange~.exchange{display:none}pre{max-height:none;overflow:visible}.many .group,.operation{content-visibility:visible;break-inside:auto}.figure,.tile,.verdict{break-inside:avoid;box-shadow:none}}
`;
