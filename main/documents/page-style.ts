/** The look of a page that is read on a screen or on paper; always light. */
export const PAGE_STYLE = `
:root{color-scheme:light;--ink:#1c2430;--soft:#5a6675;--line:#d8dee6;--paper:#fff;--tint:#f5f7f9;
--good:#17693a;--fair:#1d5a94;--risk:#8a5300;--bad:#a3221b;--unknown:#55606e}
*{box-sizing:border-box}
body{margin:0;background:var(--tint);color:var(--ink);font:15px/1.5 Inter,system-ui,"Segoe UI","Helvetica Neue",Arial,sans-serif}
main{max-width:64rem;margin:0 auto;padding:2.5rem 3rem;background:var(--paper);min-height:100vh}
h1{font-size:1.65rem;line-height:1.25;margin:0 0 1.25rem}
h2{font-size:1.15rem;margin:2.25rem 0 .6rem;padding-top:.9rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:1.25rem 0 .3rem}
p{margin:.4rem 0}
ul,ol{margin:.4rem 0;padding-left:1.4rem}
li{margin:.2rem 0}
code,pre{font-family:"JetBrains Mono","DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.86em}
code{overflow-wrap:anywhere}
pre{background:var(--tint);border:1px solid var(--line);border-radius:6px;padding:.6rem .8rem;white-space:pre-wrap;overflow-wrap:anywhere;margin:.5rem 0}
dl{display:grid;grid-template-columns:9rem 1fr;gap:.25rem 1rem;margin:.6rem 0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse;margin:.6rem 0;font-size:.93em;font-variant-numeric:tabular-nums}
th{text-align:left;font-weight:600;color:var(--soft);border-bottom:1px solid var(--line);padding:.35rem .6rem .35rem 0}
td{vertical-align:top;border-bottom:1px solid var(--line);padding:.4rem .6rem .4rem 0;overflow-wrap:anywhere}
td code{white-space:nowrap}
thead{display:table-header-group}
.mark{white-space:nowrap;font-weight:600}
.mark::before{content:"\\25CF";margin-right:.3em}
.mark.fair::before{content:"\\25A0"}
.mark.risk::before{content:"\\25B2"}
.mark.bad::before{content:"\\2715"}
.mark.unknown::before{content:"\\25C7"}
.good{color:var(--good)}.fair{color:var(--fair)}.risk{color:var(--risk)}.bad{color:var(--bad)}.unknown{color:var(--unknown)}
.groups{columns:19rem;column-gap:1rem;margin:.8rem 0}
.group{color:var(--ink);break-inside:avoid;border:1px solid var(--line);border-left:4px solid currentColor;border-radius:6px;margin:0 0 1rem;padding:.6rem .8rem}
.group.good{border-left-color:var(--good)}.group.fair{border-left-color:var(--fair)}.group.risk{border-left-color:var(--risk)}.group.bad{border-left-color:var(--bad)}.group.unknown{border-left-color:var(--unknown)}
.group h3{margin:0 0 .3rem;display:flex;justify-content:space-between;gap:.5rem;font-size:.95rem}
.group ul{list-style:none;margin:0;padding:0}
.group li{display:grid;grid-template-columns:5.2rem 1fr;gap:.4rem;font-size:.88em;margin:.15rem 0}
.group li span{overflow-wrap:anywhere}
.group li code{white-space:nowrap}
.group .stays{color:var(--soft)}
.group em{font-style:normal;border:1px solid var(--line);border-radius:4px;padding:0 .3em;font-size:.85em}
.group p{color:var(--soft);font-size:.85em;margin:.4rem 0 0}
footer{margin-top:2.5rem;padding-top:.8rem;border-top:1px solid var(--line);color:var(--soft);font-size:.85em}
@media (max-width:40rem){main{padding:1.25rem}dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
@media print{@page{margin:16mm 14mm}body{background:none;font-size:10.5pt}main{max-width:none;padding:0;min-height:0}
h2,h3{break-after:avoid}tr,li,dd{break-inside:avoid}.groups{columns:2}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
