import { createHash } from 'node:crypto';

/**
 * All of the board's style. Text is 20 px where the reader has set nothing else, and every length follows the text, so that
 * the page holds together at twice its size. Contrast: #1a1f1c on white 16.6:1, white on #0b6b3a 6.6:1, #b3261e on white
 * 6.5:1, #4a544e on white 7.8:1.
 */
export const BOARD_CSS = `:root{font-size:125%;color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f6f8f6;color:#1a1f1c;line-height:1.5;overflow-wrap:anywhere;
font-family:"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif}
header{background:#0b6b3a;color:#fff}
header>div,main,footer{max-width:66rem;margin:0 auto;padding:.8rem}
header>div{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:center;justify-content:space-between}
h1{font-size:1.4rem;line-height:1.3;margin:0}
h1 span{display:inline-block}
h2{font-size:1.2rem;line-height:1.3;margin:0 0 .6rem;color:#0b6b3a}
p{margin:.5rem 0 0}
nav{display:flex;flex-wrap:wrap;gap:.6rem}
a{color:#0b6b3a}
nav a,.list a{display:inline-flex;align-items:center;min-height:3rem;padding:.4rem 1rem;border-radius:12px;
background:#fff;color:#0b6b3a;border:2px solid #0b6b3a;font-weight:600;text-decoration:none}
header nav a:last-child{background:#0b6b3a;color:#fff;border-color:#fff}
a:focus-visible{outline:3px solid #f2b233;outline-offset:2px}
main,.side{display:grid;grid-template-columns:minmax(0,1fr);gap:.8rem;align-items:start}
section{container-type:inline-size;background:#fff;border:1px solid #d5ddd7;border-radius:12px;padding:.9rem}
.state{font-size:1.4rem;font-weight:700;margin:0}
.state.open{color:#0b6b3a}
table{width:100%;border-collapse:collapse;margin-top:.6rem}
caption{text-align:start;color:#4a544e;padding-bottom:.2rem}
th,td{padding:.4rem .6rem .4rem 0;border-bottom:1px solid #d5ddd7;text-align:start;vertical-align:top}
thead th{color:#4a544e;font-weight:600}
tbody th{font-weight:400}
tr>:last-child{padding-inline-end:0}
time{white-space:nowrap}
thead th,.word,dd{word-break:keep-all;overflow-wrap:normal}
.word{font-variant-numeric:tabular-nums}
.out{color:#b3261e}
tfoot th,tfoot td{font-weight:700;border-bottom:0}
ul{margin:0;padding-inline-start:1.2em}
li+li{margin-top:.3rem}
.list{list-style:none;padding:0}
.list a{display:flex}
dl{display:grid;grid-template-columns:auto minmax(min-content,1fr);gap:.3rem 1rem;margin:.6rem 0 0}
dd{margin:0;font-weight:700}
footer{color:#4a544e}
@media(min-width:60em){main.two{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}
@media(max-width:22em){header>div,main,footer,section{padding:.6rem}}
@container(max-width:13rem){tr{display:flex;flex-wrap:wrap;gap:0 .8rem;border-bottom:1px solid #d5ddd7;padding:.3rem 0}
th,td{padding:0;border:0}dl{grid-template-columns:1fr}dd{margin-bottom:.3rem}h2{font-size:1rem}.state{font-size:1.2rem}}
`;

/** Another text, another address: the style may be kept for ever. */
export const BOARD_CSS_PATH = `/board.css?v=${createHash('sha256').update(BOARD_CSS).digest('hex').slice(0, 8)}`;
