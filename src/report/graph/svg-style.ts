/** The style of the picture, light and dark; every class begins with the picture's own, so that a page keeps its own. */
export const svgStyle = `
.cnnc { color-scheme: light dark }
.cnnc text { font: 13px "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; fill: #1f2328; text-anchor: middle }
.cnnc .name { font-size: 16px; font-weight: bold }
.cnnc .figures, .cnnc .scale { font-size: 11px; fill: #59636e }
.cnnc .title { font-weight: bold }
.cnnc .note { font-size: 11px; fill: #31383f }
.cnnc .shape { font-size: 11px; fill: #59636e }
.cnnc .ground { fill: #ffffff }
.cnnc .way { fill: none; stroke: #7d8590; stroke-width: 1.2 }
.cnnc .arrow { fill: #7d8590 }
.cnnc .box rect { stroke: #8c959f }
.cnnc .frame { fill: none; stroke: #8c959f; stroke-dasharray: 4 3 }
.cnnc .bar { fill: #eff1f3; stroke: #8c959f }
.cnnc .end rect { fill: #eff1f3 }
.cnnc .s0 { fill: #ffffff } .cnnc .s1 { fill: #edf4fc } .cnnc .s2 { fill: #d3e5f8 }
.cnnc .s3 { fill: #a9cdf2 } .cnnc .s4 { fill: #74abe6 } .cnnc .s5 { fill: #2b67b1 }
.cnnc .box .s5 ~ text { fill: #ffffff }
.cnnc .edge { fill: none; stroke: #8c959f }
@media (prefers-color-scheme: dark) {
.cnnc text { fill: #e6edf3 }
.cnnc .figures, .cnnc .scale, .cnnc .shape { fill: #9198a1 }
.cnnc .note { fill: #d1d9e0 }
.cnnc .ground { fill: #0d1117 }
.cnnc .way { stroke: #768390 } .cnnc .arrow { fill: #768390 }
.cnnc .box rect, .cnnc .frame, .cnnc .bar, .cnnc .edge { stroke: #5a6470 }
.cnnc .bar, .cnnc .end rect { fill: #1c2128 }
.cnnc .s0 { fill: #0d1117 } .cnnc .s1 { fill: #12202f } .cnnc .s2 { fill: #143050 }
.cnnc .s3 { fill: #174274 } .cnnc .s4 { fill: #1b569c } .cnnc .s5 { fill: #2f74c9 }
}
`;
