/** How many colours there are; groups take them in turn. */
export const colours = 8;

const light = ['#8ab4f0', '#f5b971', '#8fd19e', '#e59ad0', '#c9b6f2', '#7fd3d6', '#f19a94', '#c3cf6b'];
const dark = ['#2f5fa8', '#94601a', '#2f7a44', '#8c3f78', '#6650a8', '#1f7478', '#97433d', '#6b7420'];

/** The style of the picture, light and dark; every class begins with the picture's own, so that a page keeps its own. */
export const svgStyle = `
.cnnc-memory { color-scheme: light dark }
.cnnc-memory text { font: 12px "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; fill: #1f2328 }
.cnnc-memory .name { font-size: 16px; font-weight: bold }
.cnnc-memory .note, .cnnc-memory .tick { font-size: 11px; fill: #59636e }
.cnnc-memory .head { font-size: 11px; font-weight: bold }
.cnnc-memory .ground { fill: #ffffff }
.cnnc-memory .grid { stroke: #e3e7eb }
.cnnc-memory .axis { stroke: #59636e; fill: none }
.cnnc-memory .peak { stroke: #cf222e; stroke-dasharray: 5 3; fill: none }
.cnnc-memory .mark { fill: #cf222e }
.cnnc-memory text.mark { font-weight: bold }
.cnnc-memory .band { stroke: #ffffff; stroke-width: .5 }
${light.map((colour, index) => `.cnnc-memory .c${String(index)} { fill: ${colour} }`).join('\n')}
@media (prefers-color-scheme: dark) {
.cnnc-memory text { fill: #e6edf3 }
.cnnc-memory .note, .cnnc-memory .tick { fill: #9198a1 }
.cnnc-memory .ground { fill: #0d1117 }
.cnnc-memory .grid { stroke: #262c33 }
.cnnc-memory .axis { stroke: #9198a1 }
.cnnc-memory .peak { stroke: #ff7b72 }
.cnnc-memory .mark, .cnnc-memory text.mark { fill: #ff7b72 }
.cnnc-memory .band { stroke: #0d1117 }
${dark.map((colour, index) => `.cnnc-memory .c${String(index)} { fill: ${colour} }`).join('\n')}
}
`;
