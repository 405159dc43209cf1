/** The style of the page around the picture. */
export const pageStyle = `
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; background: #ffffff; color: #1f2328 }
body { margin: 0; padding-bottom: 7rem }
nav { position: sticky; top: 0; padding: .6rem 1rem; display: flex; gap: .5rem }
nav[hidden] { display: none }
button { font: inherit; color: inherit; padding: .25rem .7rem; border: 1px solid #8c959f; border-radius: .4rem; background: #f6f8fa; cursor: pointer }
main { overflow-x: auto }
main svg { display: block; margin: 0 auto }
[data-block] { cursor: pointer }
[tabindex]:focus { outline: none }
[tabindex]:focus-visible rect, [tabindex]:hover rect { stroke: #0969da; stroke-width: 2 }
pre { position: fixed; left: 0; right: 0; bottom: 0; margin: 0; padding: .6rem 1rem; min-height: 5.6rem; overflow: auto; background: #f6f8fa; border-top: 1px solid #d0d7de; font: 12px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere }
pre:empty { display: none }
@media (prefers-color-scheme: dark) {
:root { background: #0d1117; color: #e6edf3 }
button { background: #1c2128; border-color: #5a6470 }
[tabindex]:focus-visible rect, [tabindex]:hover rect { stroke: #58a6ff }
pre { background: #161b22; border-color: #30363d }
}
`;
